import '@vscode-elements/elements/dist/vscode-button/index.js';
import { virtualize } from '@lit-labs/virtualizer/virtualize.js';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { FromPage, ViewRow, ViewStrings } from '../protocol';
import { fill } from './fill';
import { placeOf } from './grouping';
import { selectionAfter } from './listKeys';
import { MessageRow } from './messageRow';
import { PageRequest } from './pageRequest';
import { rowsLayout, type Anchor, type RowsLayout } from './rowsLayout';
import type { Times } from './times';
import type { ViewState } from './viewState';

/** Fired when the list starts or ends to follow, is scrolled, or another row is selected. */
export const LIST_MOVED = 'list-moved';

/** The messages, newest at the bottom; only those in sight and a few around them are in the DOM. */
@customElement('bot-message-list')
export class MessageList extends LitElement {
  static override readonly styles = css`
    :host {
      position: relative;
      display: flex;
      flex: 1;
      min-height: 0;
    }
    .log {
      display: flex;
      flex: 1;
      min-width: 0;
      padding-bottom: 4px;
    }
    .scroller {
      flex: 1;
      min-height: 0 !important;
      container-type: inline-size;
      overflow: hidden auto !important;
      overflow-anchor: none;
      outline: none;
    }
    .scroller:focus-visible {
      outline: 1px solid var(--vscode-focusBorder);
      outline-offset: -1px;
    }
    .jump {
      position: absolute;
      bottom: 10px;
      left: 50%;
      transform: translateX(-50%);
      box-shadow: 0 0 8px 2px var(--vscode-widget-shadow, transparent);
      white-space: nowrap;
    }
  `;

  /** Oldest first; another array after every change. */
  @property({ attribute: false }) rows: readonly ViewRow[] = [];
  @property({ attribute: false }) strings!: ViewStrings;
  @property({ attribute: false }) times!: Times;
  /** What came while the list did not follow. */
  @property({ type: Number }) unseen = 0;
  @property() label = '';
  /** Where the list starts. */
  @property({ attribute: false }) restored: ViewState = {};
  @state() private selectedId: string | undefined;
  @state() private isFollowing = true;
  @state() private isSelectedRendered = false;
  @query('.scroller') private readonly scroller!: HTMLElement;
  #layout: RowsLayout | undefined;

  readonly #layoutConfig = rowsLayout({
    scrollTo: (top) => {
      this.scroller.scrollTop = top;
      return this.scroller.scrollTop;
    },
    created: (layout) => {
      this.#layout = layout;
      if (this.restored.anchor) layout.hold(this.restored.anchor);
    },
    anchorChanged: (anchor) => this.#onAnchor(anchor),
  });

  /** What to keep for the next time. */
  get viewState(): ViewState {
    return {
      ...(this.#layout && { anchor: this.#layout.anchor }),
      ...(this.selectedId !== undefined && { selectedId: this.selectedId }),
    };
  }

  get follows(): boolean {
    return this.isFollowing;
  }

  override focus(): void {
    (this.#selectedElement ?? this.scroller).focus({ preventScroll: true });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.selectedId = this.restored.selectedId;
  }

  protected override render(): TemplateResult {
    return html`
      <div class="log" role="log" aria-live="off" aria-label=${this.label}>
        <div
          class="scroller"
          role="list"
          tabindex=${this.isSelectedRendered ? -1 : 0}
          @keydown=${this.#onKey}
          @focusin=${this.#onFocus}
          @rangeChanged=${this.#onRange}
        >
          ${virtualize<ViewRow>({
            items: this.rows as ViewRow[],
            keyFunction: (row) => row.id,
            renderItem: (row, index) => this.#row(row, index),
            layout: this.#layoutConfig,
            scroller: true,
          })}
        </div>
      </div>
      ${this.isFollowing ? nothing : this.#jump()}
    `;
  }

  #row(row: ViewRow, index: number): TemplateResult {
    const isSelected = row.id === this.selectedId;
    return html`<bot-message-row
      role="listitem"
      data-id=${row.id}
      tabindex=${isSelected ? 0 : -1}
      aria-setsize=${this.rows.length}
      aria-posinset=${index + 1}
      .row=${row}
      .place=${placeOf(row, this.rows[index - 1])}
      .strings=${this.strings}
      .times=${this.times}
      .selected=${isSelected}
    ></bot-message-row>`;
  }

  #jump(): TemplateResult {
    const { strings, unseen } = this;
    return html`<vscode-button
      class="jump"
      icon="arrow-down"
      ?secondary=${unseen === 0}
      @click=${this.#jumpToNewest}
      >${unseen === 0 ? strings.jumpToNewest : fill(strings.newMessages, unseen)}</vscode-button
    >`;
  }

  readonly #jumpToNewest = (): void => {
    this.#layout?.hold({ kind: 'newest' });
    this.scroller.focus({ preventScroll: true });
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    const isCopy = event.key.toLowerCase() === 'c' && (event.ctrlKey || event.metaKey);
    if (isCopy) this.#copy(event);
    else if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    else if (event.key === 'Enter') this.#open(event);
    else this.#move(event);
  };

  #move(event: KeyboardEvent): void {
    const index = selectionAfter(event.key, {
      selected: this.rows.findIndex((row) => row.id === this.selectedId),
      count: this.rows.length,
      page: this.#layout?.page ?? 1,
    });
    const row = index === undefined ? undefined : this.rows[index];
    if (!row) return;
    event.preventDefault();
    this.selectedId = row.id;
    this.#layout?.reveal(row.id);
    this.#moved();
    void this.updateComplete.then(() => this.focus());
  }

  #open(event: KeyboardEvent): void {
    // Enter on a link or a button inside the row is theirs.
    const [target] = event.composedPath();
    if (target !== this.#selectedElement && target !== this.scroller) return;
    if (this.selectedId === undefined) return;
    event.preventDefault();
    this.#ask({ type: 'open', id: this.selectedId });
  }

  #copy(event: KeyboardEvent): void {
    const hasMarkedText = (getSelection()?.toString() ?? '') !== '';
    if (hasMarkedText || this.selectedId === undefined) return;
    event.preventDefault();
    this.#ask({ type: 'copy', id: this.selectedId });
  }

  readonly #onFocus = (event: FocusEvent): void => {
    const { target } = event;
    if (!(target instanceof MessageRow) || target.row.id === this.selectedId) return;
    this.selectedId = target.row.id;
    this.isSelectedRendered = true;
    this.#moved();
  };

  /** The focus must not vanish with a row that is scrolled out of the DOM. */
  readonly #onRange = ({ first, last }: Event & { first: number; last: number }): void => {
    const index = this.rows.findIndex((row) => row.id === this.selectedId);
    this.isSelectedRendered = index >= 0 && index >= first && index <= last;
    if (!this.isSelectedRendered && this.shadowRoot?.activeElement === this.#selectedElement) {
      if (this.#selectedElement) this.scroller.focus({ preventScroll: true });
    }
  };

  #onAnchor(anchor: Anchor): void {
    this.isFollowing = anchor.kind === 'newest';
    this.#moved();
  }

  get #selectedElement(): MessageRow | undefined {
    return this.scroller.querySelector<MessageRow>('bot-message-row[selected]') ?? undefined;
  }

  #moved(): void {
    this.dispatchEvent(new Event(LIST_MOVED, { bubbles: true, composed: true }));
  }

  #ask(message: FromPage): void {
    this.dispatchEvent(new PageRequest(message));
  }
}
