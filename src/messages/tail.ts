import * as l10n from '@vscode/l10n';
import { pause, type Clock } from '../base/clock';
import { Emitter } from '../base/emitter';
import { HumanError, lineOf } from '../base/humanError';
import { MutableDisposable, type Disposable } from '../base/lifetime';
import type { Log } from '../base/log';
import { GatewaySocket, mayPass, RingCentralError } from '../ringcentral';
import type {
  DialSocket,
  GatewayEvent,
  GatewayState,
  Post,
  RingCentralClient,
} from '../ringcentral';
import { assumptions, limits, type MessageAssumptions } from './assumptions';
import { oldestOf, readHistory } from './history';
import { lacksText, type MessageRow } from './messageRow';
import { People } from './people';
import { readPostEvent } from './postEvent';
import { Transcript, type Bookmark } from './transcript';

export type TailHealth =
  | { readonly kind: 'connecting' }
  /** Events flow and nothing is missing. Times in milliseconds since the epoch. */
  | { readonly kind: 'live'; readonly since: number; readonly lastEventAt?: number }
  | { readonly kind: 'reconnecting'; readonly problem: string; readonly nextAttemptAt: number }
  /** With a problem: it gave up, and `start` may be called again once that is solved. */
  | { readonly kind: 'stopped'; readonly problem?: HumanError };

export interface TailOptions {
  readonly client: RingCentralClient;
  readonly chatId: string;
  readonly clock: Clock;
  readonly log: Log;
  /** How many of the newest posts are shown at first; 50 when absent. */
  readonly backlog?: number;
  /** How a WebSocket is made; a real one when absent. */
  readonly dial?: DialSocket;
  readonly assumptions?: Partial<MessageAssumptions>;
}

const BACKLOG = 50;
const LARGEST_PAGE = 250;

/**
 * Follows one chat live. It subscribes first and reads the backlog then, so that no post falls between
 * the two, and fills by REST every gap that a reconnect could not recover.
 */
export class Tail implements Disposable {
  readonly chatId: string;
  readonly #o: TailOptions;
  readonly #assumed: MessageAssumptions;
  readonly #gateway: GatewaySocket;
  readonly #people: People;
  readonly #transcript: Transcript;
  readonly #healths = new Emitter<TailHealth>();
  readonly #retry = new MutableDisposable();
  readonly #lifetime = new AbortController();
  #reading = new AbortController();
  #firstReading: Milestone | undefined;
  #health: TailHealth = { kind: 'stopped' };
  /** Where a gap begins; absent until the backlog was read. */
  #bookmark: Bookmark | undefined;
  /** Nothing is missing up to where events flow, or flowed last. */
  #isWhole = false;
  #failures = 0;
  #lastEventAt: number | undefined;
  #problem: HumanError | undefined;

  constructor(o: TailOptions) {
    const { client, chatId, clock, log, dial } = o;
    this.chatId = chatId;
    this.#o = o;
    this.#assumed = { ...assumptions, ...o.assumptions };
    this.#people = new People({ client, clock, log });
    this.#transcript = new Transcript({
      chatId,
      clock,
      people: this.#people,
      assumed: this.#assumed,
    });
    const eventFilters = [this.#assumed.postsFilter];
    this.#gateway = new GatewaySocket({ client, clock, log, eventFilters, ...(dial && { dial }) });
    this.#gateway.onEvent((event) => this.#onEvent(event));
    this.#gateway.onState((state) => this.#onGateway(state));
    this.onRows = this.#transcript.onRows;
  }

  /** Rows that are new or changed, oldest first; to be put in by id. */
  readonly onRows: Transcript['onRows'];
  readonly onHealth = this.#healths.event;

  /** Oldest first; at most 5000. */
  get rows(): readonly MessageRow[] {
    return this.#transcript.rows;
  }

  get health(): TailHealth {
    return this.#health;
  }

  /** Resolves once the backlog was read or reading it failed; what came of it is in `health`. */
  start(): Promise<void> {
    if (this.#lifetime.signal.aborted) return Promise.resolve();
    if (this.#firstReading && this.#health.kind !== 'stopped') return this.#firstReading.promise;
    this.#firstReading = milestone();
    this.#problem = undefined;
    this.#failures = 0;
    const { promise } = this.#firstReading;
    this.#gateway.start();
    void this.#readOwnId();
    return promise;
  }

  dispose(): void {
    if (this.#lifetime.signal.aborted) return;
    this.#lifetime.abort(new Error('disposed'));
    this.#reading.abort();
    this.#retry.dispose();
    this.#gateway.dispose();
    this.#transcript.dispose();
    this.#people.dispose();
    this.#healths.dispose();
    this.#firstReading?.done();
  }

  #enter(health: TailHealth): void {
    this.#health = health;
    this.#healths.fire(health);
  }

  #enterLive(): void {
    const lastEventAt = this.#lastEventAt;
    const since = this.#health.kind === 'live' ? this.#health.since : this.#o.clock.now();
    this.#enter({ kind: 'live', since, ...(lastEventAt !== undefined && { lastEventAt }) });
  }

  #onGateway(state: GatewayState): void {
    if (state.kind === 'live') {
      if (!state.recovered) this.#isWhole = false;
      if (this.#isWhole) this.#enterLive();
      else void this.#read();
      return;
    }
    this.#retry.value = undefined;
    if (this.#isWhole && this.#health.kind === 'live') this.#bookmark = this.#transcript.bookmark();
    if (state.kind === 'stopped') {
      const problem = state.problem ?? this.#problem;
      this.#enter({ kind: 'stopped', ...(problem && { problem }) });
    } else this.#enter(state);
    // What is there can be shown even where nothing can be heard.
    if (state.kind !== 'connecting' && !this.#bookmark && !this.#problem) void this.#read();
  }

  /** Reads the backlog, or what was missed since the bookmark. */
  async #read(): Promise<void> {
    this.#reading.abort(new Error('superseded'));
    if (this.#lifetime.signal.aborted) return;
    const { signal } = (this.#reading = new AbortController());
    this.#retry.value = undefined;
    const bookmark = this.#bookmark;
    try {
      const posts = await this.#history(bookmark, signal);
      this.#failures = 0;
      if (bookmark) this.#transcript.mend(posts, bookmark);
      else this.#transcript.begin(posts, this.#o.backlog ?? BACKLOG);
      this.#bookmark ??= this.#transcript.bookmark();
      if (this.#gateway.state.kind === 'live') {
        this.#isWhole = true;
        this.#enterLive();
      }
    } catch (error) {
      if (signal.aborted) return;
      this.#onReadFailure(error);
    }
    this.#firstReading?.done();
  }

  #history(bookmark: Bookmark | undefined, signal: AbortSignal): Promise<Post[]> {
    const { client, chatId, backlog = BACKLOG } = this.#o;
    const common = { client, chatId, signal, assumed: this.#assumed, mostPages: limits.gapPages };
    if (bookmark) {
      const isEnough = (posts: readonly Post[]): boolean => oldestOf(posts) < bookmark.newestMs;
      return readHistory({ ...common, recordCount: limits.gapPage, isEnough });
    }
    // With no backlog wanted, one post still tells where the chat stands.
    const recordCount = Math.min(Math.max(backlog, 1), LARGEST_PAGE);
    return readHistory({ ...common, recordCount, isEnough: (posts) => posts.length >= backlog });
  }

  #onReadFailure(error: unknown): void {
    const { clock, log } = this.#o;
    log.warn(`tail: ${lineOf(error)}`);
    if (!(error instanceof HumanError)) log.error(error instanceof Error ? error : String(error));
    if (this.#gateway.state.kind !== 'live') return;
    if (mayPass(error)) {
      const ms = pauseAfter(error, this.#failures++);
      this.#retry.value = clock.after(ms, () => void this.#read());
      this.#enter({
        kind: 'reconnecting',
        problem: messageOf(error),
        nextAttemptAt: clock.now() + ms,
      });
      return;
    }
    this.#problem = error instanceof HumanError ? error : faultOfOwn(error);
    this.#gateway.stop();
  }

  #onEvent(event: GatewayEvent): void {
    this.#lastEventAt = this.#o.clock.now();
    if (this.#health.kind === 'live') this.#enterLive();
    if (event.ownerId !== undefined) this.#transcript.setOwnId(event.ownerId);
    const told = readPostEvent(event);
    if (!told || (told.chatId !== undefined && told.chatId !== this.chatId)) return;
    const { kind, post } = told;
    if (kind === 'removed') {
      this.#transcript.remove(post.id);
      return;
    }
    const isOurs = told.chatId !== undefined || this.#transcript.has(post.id);
    if (!isOurs || lacksText(post)) void this.#reread(post, isOurs);
    else this.#transcript.put(post);
  }

  /** Events may lack the text, or the chat: the post itself has both. */
  async #reread(told: Post, isOurs: boolean): Promise<void> {
    const { signal } = this.#lifetime;
    try {
      const post = await this.#readPost(told.id, signal);
      if (!signal.aborted) this.#transcript.put(post);
    } catch (error) {
      if (signal.aborted) return;
      // Not in this chat, or removed already.
      if (error instanceof RingCentralError && error.status === 404) return;
      this.#o.log.warn(`tail: ${lineOf(error)}`);
      if (isOurs) this.#transcript.put(told);
    }
  }

  async #readPost(id: string, signal: AbortSignal): Promise<Post> {
    for (let failures = 0; ;) {
      try {
        return await this.#o.client.post(this.chatId, id);
      } catch (error) {
        const pauseMs = pauseAfter(error, failures);
        if (!mayPass(error) || ++failures >= limits.tries) throw error;
        await pause(this.#o.clock, pauseMs, signal);
      }
    }
  }

  async #readOwnId(): Promise<void> {
    try {
      const { id } = await this.#o.client.extension();
      if (!this.#lifetime.signal.aborted) this.#transcript.setOwnId(id);
    } catch (error) {
      // The first event says it too.
      this.#o.log.warn(`tail: ${lineOf(error)}`);
    }
  }
}

/** Milliseconds before the next try: what RingCentral asked for, else longer each time. */
function pauseAfter(error: unknown, failures: number): number {
  const asked = error instanceof RingCentralError ? error.retryAfterMs : undefined;
  return asked ?? Math.min(limits.firstRetryMs * 2 ** failures, limits.longestRetryMs);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function faultOfOwn(cause: unknown): HumanError {
  return new HumanError(l10n.t('The messages could not be read because of a fault of our own.'), {
    remedy: l10n.t('Please report it with the log.'),
    cause,
  });
}

interface Milestone {
  readonly promise: Promise<void>;
  done(): void;
}

function milestone(): Milestone {
  const reached = new Emitter<void>();
  const promise = new Promise<void>((resolve) => void reached.event(resolve));
  return { promise, done: () => reached.fire() };
}
