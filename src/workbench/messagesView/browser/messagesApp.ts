import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { systemClock } from '../../../base/clock';
import type { SnapshotMessage, ToPage, UpdateMessage, ViewStrings, ViewTail } from '../protocol';
import { Announcements } from './announcements';
import './emptyState';
import { fill } from './fill';
import { FrameQueue } from './frameQueue';
import { healthText } from './healthText';
import './messageList';
import { LIST_MOVED, type MessageList } from './messageList';
import { parseMiniMarkdown, plainText } from './miniMarkdown';
import type { PageHost } from './pageHost';
import { PageRequest } from './pageRequest';
import { RowBook } from './rowBook';
import './tailHeader';
import { Times } from './times';
import type { ViewState } from './viewState';
import { visuallyHidden } from './visuallyHidden';

/** How long the list must rest before its state is kept. */
const SAVE_AFTER_MS = 200;

/** The page: header, messages or what stands for them, and the voice for screen readers. */
@customElement('bot-messages')
export class MessagesApp extends LitElement {
  static override readonly styles = [
    visuallyHidden,
    css`
      :host,
      main {
        display: flex;
        flex-direction: column;
        height: 100%;
      }
    `,
  ];

  @state() private strings: ViewStrings | undefined;
  @state() private tail: ViewTail | undefined;
  @state() private spoken = '';
  @state() private unseen = 0;
  @query('bot-message-list') private readonly list!: MessageList | null;
  readonly #book = new RowBook();
  #host: PageHost | undefined;
  #times = new Times('en');
  #clockOffset = 0;
  #restored: ViewState = {};
  /** Every tail has a list of its own, that stands and selects for itself. */
  #tailCount = 0;
  #saving: ReturnType<typeof setTimeout> | undefined;
  readonly #frames = new FrameQueue<ToPage>((messages) => this.#take(messages));
  readonly #announcements = new Announcements({
    clock: systemClock,
    say: (text) => (this.spoken = text),
    textOf: (row) =>
      plainText(parseMiniMarkdown(row.text), (id) => row.mentions?.[id]).slice(0, 200),
  });

  /** Starts the conversation with the extension. */
  connect(host: PageHost): void {
    this.#host = host;
    this.#restored = host.state;
    this.addEventListener(PageRequest.type, (event) => {
      if (event instanceof PageRequest) host.post(event.message);
    });
    this.addEventListener(LIST_MOVED, () => this.#onListMoved());
    window.addEventListener('focus', () => this.#takeFocus());
    host.listen((message) => this.#frames.add(message));
    host.post({ type: 'ready' });
  }

  protected override render(): TemplateResult | typeof nothing {
    const { strings, tail } = this;
    if (!strings) return nothing;
    return html`
      <main>
        ${
          tail === undefined
            ? nothing
            : html`<bot-tail-header
                .tail=${tail}
                .strings=${strings}
                .clockOffset=${this.#clockOffset}
              ></bot-tail-header>`
        }
        ${this.#content(strings)}
      </main>
      <div class="visually-hidden" role="status" aria-live="polite">${this.spoken}</div>
    `;
  }

  #content(strings: ViewStrings): TemplateResult {
    const { rows } = this.#book;
    if (this.tail === undefined || rows.length === 0) {
      return html`<bot-empty-state
        .strings=${strings}
        .chatName=${this.tail?.chatName}
      ></bot-empty-state>`;
    }
    return html`${keyed(
      this.#tailCount,
      html`<bot-message-list
        .rows=${rows}
        .strings=${strings}
        .times=${this.#times}
        .unseen=${this.unseen}
        .label=${fill(strings.messagesIn, this.tail.chatName)}
        .restored=${this.#restored}
      ></bot-message-list>`,
    )}`;
  }

  #take(messages: readonly ToPage[]): void {
    for (const message of messages) {
      this.#clockOffset = Date.now() - message.sentAt;
      if (message.type === 'snapshot') this.#takeSnapshot(message);
      else this.#takeUpdate(message);
    }
    this.requestUpdate();
  }

  #takeSnapshot({ strings, language, tail, rows }: SnapshotMessage): void {
    this.strings = strings;
    this.#times = new Times(language);
    this.tail = tail;
    this.#book.clear();
    this.#book.put(rows);
    const { anchor } = this.#restored;
    if (anchor?.kind === 'row' && !this.#book.get(anchor.id)) this.#restored = {};
    void this.updateComplete.then(() => this.#takeFocus());
  }

  #takeUpdate({ cleared, tail, health, rows }: UpdateMessage): void {
    const before = this.tail?.health.kind;
    if (cleared) {
      this.tail = undefined;
      this.unseen = 0;
      this.#restored = {};
      this.#tailCount++;
      this.#book.clear();
    }
    if (tail) this.tail = tail;
    if (health && this.tail) this.tail = { ...this.tail, health };
    const added = this.#book.put(rows ?? []);
    if (this.list && !this.list.follows) this.unseen += added.length;
    this.#announce(before, added);
  }

  #announce(before: string | undefined, added: ReturnType<RowBook['put']>): void {
    const { strings, tail } = this;
    if (!strings || !tail) return;
    if (tail.health.kind !== before) {
      this.#announcements.status(healthText(tail.health, strings, Date.now() - this.#clockOffset));
    }
    this.#announcements.rows(added, strings);
  }

  /** VS Code gives the focus to the page as a whole; the keys are for the list. */
  #takeFocus(): void {
    if (document.hasFocus() && document.activeElement === document.body) this.list?.focus();
  }

  #onListMoved(): void {
    if (this.list?.follows) this.unseen = 0;
    clearTimeout(this.#saving);
    this.#saving = setTimeout(() => {
      if (this.#host && this.list) this.#host.state = this.list.viewState;
    }, SAVE_AFTER_MS);
  }
}
