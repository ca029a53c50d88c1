import * as l10n from '@vscode/l10n';
import type { Clock } from '../../base/clock';
import { Emitter } from '../../base/emitter';
import { HumanError } from '../../base/humanError';
import { MutableDisposable, type Disposable } from '../../base/lifetime';
import type { Log } from '../../base/log';
import { gatewayAssumptions, type GatewayAssumptions } from '../assumptions';
import type { RingCentralClient, WebSocketToken } from '../ringCentralClient';
import { GatewayConnection, type ConnectionListener } from './connection';
import { dialWebSocket, type DialSocket } from './dial';
import { failureOf, passing, type GatewayFailure } from './failure';
import type { WscToken } from './frames';
import type { GatewayEvent } from './gatewayEvent';
import { watchForSleep } from './sleepWatch';

export type GatewayState =
  | { readonly kind: 'connecting' }
  /** `recovered`: every event that was missed comes again; else there may be a gap before `since`. */
  | { readonly kind: 'live'; readonly since: number; readonly recovered: boolean }
  | { readonly kind: 'reconnecting'; readonly problem: string; readonly nextAttemptAt: number }
  /** Without a problem: it was not started, or was disposed. */
  | { readonly kind: 'stopped'; readonly problem?: HumanError };

export interface GatewaySocketOptions {
  readonly client: Pick<RingCentralClient, 'server' | 'webSocketToken' | 'webSocketTokens'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly eventFilters: readonly string[];
  /** How a WebSocket is made; a real one when absent. */
  readonly dial?: DialSocket;
  /** 0 to 1, for the jitter of the back-off. */
  readonly random?: () => number;
  readonly assumptions?: Partial<GatewayAssumptions>;
}

/** What is needed to take the session up again on another connection. */
interface Session {
  wsc: WscToken | undefined;
  recoveryMs: number;
  recoveryBufferSize: number;
  heardAt: number;
  /** A session without a subscription is not worth taking up: it would be silent for ever. */
  isSubscribed: boolean;
}

/**
 * A subscription to events that keeps itself alive: it reconnects with back-off, recovers the session
 * while the server still knows it, subscribes anew otherwise, dials again at once after the machine
 * slept, and never asks for more tokens than RingCentral allows. It stops by itself only where another
 * try could not help (a missing permission, a sign-in that is over).
 */
export class GatewaySocket implements Disposable {
  readonly #o: GatewaySocketOptions;
  readonly #assumed: GatewayAssumptions;
  readonly #events = new Emitter<GatewayEvent>();
  readonly #states = new Emitter<GatewayState>();
  readonly #timer = new MutableDisposable();
  readonly #sleepWatch = new MutableDisposable();
  #connection: GatewayConnection | undefined;
  /** Ends the attempt under way, if its token is still being asked for. */
  #attempt = new AbortController();
  #session: Session | undefined;
  #state: GatewayState = { kind: 'stopped' };
  #failures = 0;
  #refusals = 0;
  #replayed = 0;
  #isDisposed = false;

  constructor(o: GatewaySocketOptions) {
    this.#o = o;
    this.#assumed = { ...gatewayAssumptions, ...o.assumptions };
  }

  readonly onEvent = this.#events.event;
  readonly onState = this.#states.event;

  get state(): GatewayState {
    return this.#state;
  }

  /** Begins, or begins again after it stopped. */
  start(): void {
    if (this.#isDisposed || this.#state.kind !== 'stopped') return;
    this.#failures = this.#refusals = 0;
    this.#sleepWatch.value = watchForSleep(this.#o.clock, this.#assumed, (ms) => this.#onWake(ms));
    this.#connect();
  }

  /** Ends the connection; `start` may follow. */
  stop(): void {
    if (this.#state.kind !== 'stopped') this.#halt();
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.stop();
    this.#isDisposed = true;
    this.#sleepWatch.dispose();
    this.#timer.dispose();
    this.#events.dispose();
    this.#states.dispose();
  }

  #halt(problem?: HumanError): void {
    this.#letGo();
    this.#sleepWatch.value = undefined;
    this.#enter({ kind: 'stopped', ...(problem && { problem }) });
  }

  #letGo(): void {
    this.#attempt.abort(new Error('superseded'));
    this.#timer.value = undefined;
    const heardAt = this.#connection?.heardAt;
    if (heardAt !== undefined && this.#session) this.#session.heardAt = heardAt;
    this.#connection?.dispose();
    this.#connection = undefined;
  }

  #enter(state: GatewayState): void {
    this.#state = state;
    this.#states.fire(state);
  }

  #connect(): void {
    const { client, clock } = this.#o;
    this.#letGo();
    const wait = client.webSocketTokens.waitMs(clock.now());
    if (wait > 0) {
      this.#wait(l10n.t('RingCentral allows no more connections this minute.'), wait);
      return;
    }
    client.webSocketTokens.take(clock.now());
    this.#attempt = new AbortController();
    const { signal } = this.#attempt;
    this.#enter({ kind: 'connecting' });
    // A listener may have disposed or restarted this just now.
    if (signal.aborted) return;
    client.webSocketToken(signal).then(
      (token) => signal.aborted || this.#open(token),
      (error: unknown) => signal.aborted || this.#onFailure(this.#judge(error)),
    );
  }

  #open(token: WebSocketToken): void {
    const { clock, log, eventFilters, dial = dialWebSocket } = this.#o;
    try {
      const url = this.#address(token);
      const listener = this.#listener();
      this.#connection = new GatewayConnection({
        url,
        eventFilters,
        dial,
        clock,
        log,
        assumed: this.#assumed,
        listener,
      });
      this.#connection.open();
    } catch (error) {
      this.#onFailure(this.#judge(error));
    }
  }

  #address(token: WebSocketToken): URL {
    const url = URL.canParse(token.uri) ? new URL(token.uri) : undefined;
    // The token in the address must not travel less guarded than the one that bought it.
    const isPlain = this.#o.client.server.startsWith('http:');
    if (url?.protocol !== 'wss:' && !(isPlain && url?.protocol === 'ws:'))
      throw new HumanError(l10n.t('RingCentral named no usable WebSocket address.'), {
        remedy: l10n.t('Check the server of the app profile.'),
      });
    url.searchParams.set('access_token', token.token);
    const session = this.#session;
    const isKnown = session && this.#o.clock.now() - session.heardAt < session.recoveryMs;
    if (isKnown && session.isSubscribed && session.wsc)
      url.searchParams.set('wsc', session.wsc.token);
    return url;
  }

  #listener(): ConnectionListener {
    return {
      greeted: (terms, wsc) => {
        this.#session = { ...terms, wsc, heardAt: this.#o.clock.now(), isSubscribed: false };
      },
      advanced: (wsc) => {
        const session = this.#session;
        const isNewer = wsc.sequence > (session?.wsc?.sequence ?? -1);
        if (session && isNewer) session.wsc = wsc;
      },
      live: (recovered) => this.#onLive(recovered),
      event: (event) => this.#onEvent(event),
      failed: (failure) => this.#onFailure(failure),
    };
  }

  #onLive(recovered: boolean): void {
    const { clock, log } = this.#o;
    this.#refusals = 0;
    if (this.#session) this.#session.isSubscribed = true;
    this.#replayed = recovered ? 0 : Infinity;
    log.info(`gateway: ${recovered ? 'session recovered' : 'subscribed'}`);
    this.#timer.value = clock.after(this.#assumed.recoveredWithinMs, () => {
      this.#replayed = Infinity;
      const rest = this.#assumed.steadyMs - this.#assumed.recoveredWithinMs;
      this.#timer.value = clock.after(Math.max(0, rest), () => (this.#failures = 0));
    });
    this.#enter({ kind: 'live', since: clock.now(), recovered });
  }

  #onEvent(event: GatewayEvent): void {
    this.#events.fire(event);
    // The buffer of missed events holds only the newest: when it was full, some may be lost.
    const bufferSize = this.#session?.recoveryBufferSize ?? this.#assumed.recoveryBufferSize;
    if (++this.#replayed !== bufferSize || this.#state.kind !== 'live') return;
    this.#o.log.info('gateway: more was missed than could be recovered');
    this.#enter({ ...this.#state, recovered: false });
  }

  #judge(error: unknown): GatewayFailure {
    const failure = failureOf(error, this.#assumed.passingCodes);
    if (!(error instanceof HumanError))
      this.#o.log.error(error instanceof Error ? error : String(error));
    return failure;
  }

  #onFailure(failure: GatewayFailure): void {
    const { client, clock, log, random = Math.random } = this.#o;
    const { firstBackoffMs, longestBackoffMs, mostRefusals } = this.#assumed;
    this.#letGo();
    log.info(`gateway: ${failure.problem.toLine()}`);
    const isRefusedForGood = failure.kind === 'refused' && ++this.#refusals >= mostRefusals;
    if (failure.kind === 'final' || isRefusedForGood) {
      this.#halt(failure.problem);
      return;
    }
    const { retryAfterMs = 0 } = failure;
    if (retryAfterMs > 0) client.webSocketTokens.bar(clock.now(), retryAfterMs);
    const backoff = firstBackoffMs * 2 ** Math.min(this.#failures++, 16) * (1 + random() / 4);
    const wait = Math.max(Math.min(backoff, longestBackoffMs), retryAfterMs);
    this.#wait(failure.problem.message, Math.max(wait, client.webSocketTokens.waitMs(clock.now())));
  }

  #wait(problem: string, ms: number): void {
    const { clock } = this.#o;
    this.#timer.value = clock.after(ms, () => this.#connect());
    this.#enter({ kind: 'reconnecting', problem, nextAttemptAt: clock.now() + ms });
  }

  /** A connection that slept with the machine looks open and is not: it is never trusted. */
  #onWake(sleptMs: number): void {
    if (this.#state.kind === 'stopped') return;
    this.#o.log.info(`gateway: the clock jumped by ${Math.round(sleptMs / 1000)} s`);
    this.#failures = 0;
    if (this.#state.kind === 'live') {
      const { message } = passing(l10n.t('The computer was asleep.')).problem;
      this.#enter({ kind: 'reconnecting', problem: message, nextAttemptAt: this.#o.clock.now() });
    }
    this.#connect();
  }
}
