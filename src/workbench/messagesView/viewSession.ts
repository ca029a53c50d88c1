import type { Clock } from '../../base/clock';
import type { Event } from '../../base/emitter';
import type { Disposable } from '../../base/lifetime';
import type { Log } from '../../base/log';
import type { MessageRow } from '../../messages';
import { Outbox } from './outbox';
import { isFromPage, type FromPage, type ToPage, type ViewStrings } from './protocol';
import type { MessagesSource } from './source';
import { viewRow, viewTail } from './viewRow';

/** What the page may ask of VS Code. */
export interface PageActions {
  open(row: MessageRow): PromiseLike<unknown>;
  copy(text: string): PromiseLike<unknown>;
  openLink(url: string): PromiseLike<unknown>;
  run(command: string): PromiseLike<unknown>;
}

/** The part of `vscode.Webview` that carries messages. */
export interface PageChannel {
  readonly onDidReceiveMessage: Event<unknown>;
  postMessage(message: ToPage): PromiseLike<unknown>;
}

export interface ViewSessionOptions {
  readonly webview: PageChannel;
  readonly source: MessagesSource;
  readonly actions: PageActions;
  readonly strings: ViewStrings;
  readonly language: string;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * The conversation with one page. Nothing is said before the page is ready; then it gets everything,
 * and from there on what changes.
 */
export class ViewSession implements Disposable {
  readonly #o: ViewSessionOptions;
  readonly #parts: readonly Disposable[];
  readonly #outbox: Outbox;
  #isReady = false;

  constructor(o: ViewSessionOptions) {
    this.#o = o;
    this.#outbox = new Outbox({ clock: o.clock, post: (message) => this.#post(message) });
    this.#parts = [
      o.webview.onDidReceiveMessage((message) => this.#onMessage(message)),
      o.source.onDidChange((update) => {
        if (this.#isReady) this.#outbox.add(update);
      }),
      this.#outbox,
    ];
  }

  /** The page is gone for now: VS Code drops its content with the view and loads it anew with it. */
  hidden(): void {
    this.#isReady = false;
    this.#outbox.clear();
  }

  dispose(): void {
    this.#isReady = false;
    for (const part of this.#parts) void part.dispose();
  }

  #onMessage(message: unknown): void {
    if (!isFromPage(message)) {
      this.#o.log.warn('messages view: the page said something that it may not say');
      return;
    }
    if (message.type === 'ready') this.#sendSnapshot();
    else if (message.type === 'failed') this.#o.log.error(`messages view: ${message.message}`);
    else void this.#act(message);
  }

  #sendSnapshot(): void {
    const { source, strings, language, clock } = this.#o;
    const { tail, rows } = source.snapshot();
    this.#outbox.clear();
    this.#isReady = true;
    this.#post({
      type: 'snapshot',
      sentAt: clock.now(),
      language,
      strings,
      ...(tail && { tail: viewTail(tail) }),
      rows: rows.map(viewRow),
    });
  }

  #post(message: ToPage): void {
    void this.#o.webview.postMessage(message);
  }

  async #act(message: Exclude<FromPage, { type: 'ready' | 'failed' }>): Promise<void> {
    const { actions, log } = this.#o;
    try {
      if (message.type === 'link') await actions.openLink(message.url);
      else if (message.type === 'command') await actions.run(message.command);
      else await this.#actOnRow(message);
    } catch (error) {
      log.error(error instanceof Error ? error : String(error));
    }
  }

  async #actOnRow({ type, id }: { type: 'open' | 'copy'; id: string }): Promise<void> {
    const row = this.#o.source.snapshot().rows.find((each) => each.id === id);
    if (!row) return;
    await (type === 'open' ? this.#o.actions.open(row) : this.#o.actions.copy(row.text));
  }
}
