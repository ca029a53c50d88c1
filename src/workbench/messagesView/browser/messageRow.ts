import '@vscode-elements/elements/dist/vscode-toolbar-button/index.js';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { classMap } from 'lit/directives/class-map.js';
import type { ViewRow, ViewStrings } from '../protocol';
import { colourOf, initialsOf } from './avatar';
import { fill } from './fill';
import type { RowPlace } from './grouping';
import { messageRowStyles } from './messageRowStyles';
import { messageText } from './messageText';
import { parseMiniMarkdown, plainText, type Block } from './miniMarkdown';
import { PageRequest } from './pageRequest';
import type { Times } from './times';

/** One message of the list. */
@customElement('bot-message-row')
export class MessageRow extends LitElement {
  static override readonly styles = messageRowStyles;

  @property({ attribute: false }) row!: ViewRow;
  @property({ attribute: false }) strings!: ViewStrings;
  @property({ attribute: false }) times!: Times;
  @property({ type: Boolean }) startsDay = false;
  @property({ type: Boolean }) continues = false;
  @property({ type: Boolean, reflect: true }) selected = false;
  @state() private isHovered = false;
  #blocks: readonly Block[] = [];

  constructor() {
    super();
    this.addEventListener('mouseenter', () => (this.isHovered = true));
    this.addEventListener('mouseleave', () => (this.isHovered = false));
  }

  set place({ startsDay, continues }: RowPlace) {
    this.startsDay = startsDay;
    this.continues = continues;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('row');
    if (changed.has('row') && before?.text !== this.row.text) {
      this.#blocks = parseMiniMarkdown(this.row.text);
    }
    // Only the selected row can have the focus, and only then its name is read as a whole.
    if (this.selected) this.setAttribute('aria-label', this.#label());
    else this.removeAttribute('aria-label');
  }

  protected override render(): TemplateResult {
    const { row, times, startsDay, continues } = this;
    const classes = { line: true, own: row.isOwn, deleted: row.state === 'deleted', continues };
    return html`
      ${startsDay ? html`<div class="day">${times.day(row.createdAt)}</div>` : nothing}
      <div class=${classMap(classes)}>
        <time datetime=${new Date(row.createdAt).toISOString()} title=${times.full(row.createdAt)}
          >${times.time(row.createdAt)}</time
        >
        ${continues ? html`<div class="who"><span class="visually-hidden">${row.authorName}</span></div>` : this.#author()}
        <div class="body">${this.#text()} ${this.#note()}</div>
        ${this.selected || this.isHovered ? this.#actions() : nothing}
      </div>
    `;
  }

  #author(): TemplateResult {
    const { row, strings } = this;
    const badge = row.isOwn ? strings.you : row.isGuest ? strings.guest : undefined;
    return html`<div class="who" title="${row.authorName} · ${row.authorId}">
      <span class="avatar c${colourOf(row.authorId)}" aria-hidden="true"
        >${initialsOf(row.authorName)}</span
      >
      <span class="name">${row.authorName}</span>
      ${badge === undefined ? nothing : html`<span class="badge">${badge}</span>`}
    </div>`;
  }

  #text(): TemplateResult | TemplateResult[] {
    if (this.row.text === '') return html`<p class="note empty">${this.strings.noText}</p>`;
    return messageText(this.#blocks, {
      nameOf: this.#nameOf,
      openLink: (url) => this.#ask({ type: 'link', url }),
      isSelected: this.selected,
    });
  }

  #note(): TemplateResult | typeof nothing {
    const { row, strings, times } = this;
    if (row.state === 'posted') return nothing;
    if (row.state === 'deleted') return html`<span class="note">(${strings.deleted})</span>`;
    const when = row.editedAt === undefined ? '' : fill(strings.editedAt, times.full(row.editedAt));
    return html`<span class="note" title=${when}>(${strings.edited})</span>`;
  }

  #actions(): TemplateResult {
    const { id } = this.row;
    const copyKey = navigator.platform.startsWith('Mac') ? '⌘C' : 'Ctrl+C';
    const copy = fill(this.strings.copyText, copyKey);
    return html`<div class="actions">
      <vscode-toolbar-button
        icon="copy"
        label=${copy}
        title=${copy}
        @click=${() => this.#ask({ type: 'copy', id })}
      ></vscode-toolbar-button>
      <vscode-toolbar-button
        icon="json"
        label=${this.strings.openPost}
        title=${this.strings.openPost}
        @click=${() => this.#ask({ type: 'open', id })}
      ></vscode-toolbar-button>
    </div>`;
  }

  #label(): string {
    const { row, strings, times } = this;
    const badges = [row.isOwn && strings.you, row.isGuest && strings.guest];
    const state =
      row.state === 'edited' ? strings.edited : row.state === 'deleted' && strings.deleted;
    const who = [row.authorName, ...badges, times.time(row.createdAt)].filter(Boolean).join(', ');
    const text = plainText(this.#blocks, this.#nameOf) || strings.noText;
    return [`${who}: ${text}`, state].filter(Boolean).join(', ');
  }

  readonly #nameOf = (id: string): string | undefined => this.row.mentions?.[id];

  #ask(message: PageRequest['message']): void {
    this.dispatchEvent(new PageRequest(message));
  }
}
