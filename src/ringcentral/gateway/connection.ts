import { randomUUID } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import type { Clock } from '../../base/clock';
import { HumanError } from '../../base/humanError';
import { MutableDisposable, type Disposable } from '../../base/lifetime';
import type { Log } from '../../base/log';
import type { GatewayAssumptions } from '../assumptions';
import { readFault } from '../faultBody';
import { errorOf } from '../ringCentralError';
import type { DialledSocket, DialSocket } from './dial';
import { failureOf, failureOfEnd, passing, type GatewayFailure } from './failure';
import { readEvent, type GatewayEvent } from './gatewayEvent';
import { readFrame, writeFrame, type Frame, type WscToken } from './frames';

export interface SessionTerms {
  readonly recoveryMs: number;
  readonly recoveryBufferSize: number;
}

export interface ConnectionListener {
  /** The server's first frame; what it says of the session replaces what was known before. */
  greeted(terms: SessionTerms, wsc: WscToken | undefined): void;
  /** A later frame that told where the session stands. */
  advanced(wsc: WscToken): void;
  /** Events flow from now on. `recovered`: those that were missed come first. */
  live(recovered: boolean): void;
  event(event: GatewayEvent): void;
  /** Once, and nothing comes after it. */
  failed(failure: GatewayFailure): void;
}

export interface ConnectionOptions {
  readonly url: URL;
  readonly eventFilters: readonly string[];
  readonly dial: DialSocket;
  readonly clock: Clock;
  readonly log: Log;
  readonly assumed: GatewayAssumptions;
  readonly listener: ConnectionListener;
}

const SUBSCRIPTION_PATH = '/restapi/v1.0/subscription';

/**
 * One WebSocket to the gateway, from dialling to its end: waits for ConnectionDetails, subscribes
 * unless the session was recovered, hands events on, and notices when the other end fell silent.
 * @see RingCentral developer guide, WebSockets: subscribing, recovering a session, heartbeats
 */
export class GatewayConnection implements Disposable {
  readonly #o: ConnectionOptions;
  /** One deadline at a time: greeting, then answer to the subscription. */
  readonly #deadline = new MutableDisposable();
  readonly #silence = new MutableDisposable();
  #socket: DialledSocket | undefined;
  #subscribing: string | undefined;
  #isGreeted = false;
  #isOver = false;
  #heardAt: number | undefined;

  constructor(o: ConnectionOptions) {
    this.#o = o;
  }

  /** When the other end last showed life after its greeting. */
  get heardAt(): number | undefined {
    return this.#heardAt;
  }

  open(): void {
    const { clock, assumed, dial, url } = this.#o;
    this.#deadline.value = clock.after(assumed.greetingMs, () => {
      this.#fail(passing(l10n.t('The gateway {0} did not greet in time.', url.host)));
    });
    this.#socket = dial(url.href, {
      message: (text) => this.#isOver || this.#onMessage(text),
      alive: () => this.#isOver || this.#heard(),
      ended: (end) => this.#fail(failureOfEnd(end, url.host)),
    });
    if (this.#isOver) this.#socket.close();
  }

  dispose(): void {
    this.#isOver = true;
    this.#deadline.dispose();
    this.#silence.dispose();
    this.#socket?.close();
    this.#socket = undefined;
  }

  #fail(failure: GatewayFailure): void {
    if (this.#isOver) return;
    this.dispose();
    this.#o.listener.failed(failure);
  }

  /** Silence is counted anew; too much of it is answered with a heartbeat, and that has a deadline. */
  #heard(): void {
    const { clock, assumed, url } = this.#o;
    if (!this.#isGreeted) return;
    this.#heardAt = clock.now();
    this.#silence.value = clock.after(assumed.silenceMs, () => {
      this.#send({ type: 'Heartbeat', messageId: randomUUID() });
      this.#silence.value = clock.after(assumed.heartbeatMs, () => {
        this.#fail(passing(l10n.t('The gateway {0} fell silent.', url.host)));
      });
    });
  }

  #onMessage(text: string): void {
    const frame = readFrame(text);
    if (!frame) {
      this.#heard();
      this.#o.log.warn(`gateway: a frame of ${text.length} characters could not be read`);
      return;
    }
    const isGreeting = frame.type === 'ConnectionDetails' && !this.#isGreeted;
    if (isGreeting) this.#isGreeted = true;
    this.#heard();
    if (isGreeting) {
      this.#onGreeting(frame);
      return;
    }
    if (frame.wsc) this.#o.listener.advanced(frame.wsc);
    if (frame.type === 'ServerNotification') this.#onNotification(frame);
    else if (frame.messageId !== undefined && frame.messageId === this.#subscribing)
      this.#onAnswer(frame);
    else if (frame.type === 'Error') this.#onError(frame);
  }

  #onGreeting(frame: Frame): void {
    const { listener, assumed, url } = this.#o;
    this.#deadline.value = undefined;
    if (!isSuccess(frame)) {
      const failure = this.#refusal(frame, l10n.t('connecting to the gateway'));
      // It may be the one-time token that is not liked: a new one is worth another try.
      this.#fail(failure.kind === 'final' ? { ...failure, kind: 'refused' } : failure);
      return;
    }
    const body = recordOf(frame.body);
    const terms = {
      recoveryMs: secondsOf(body.recoveryTimeout) ?? assumed.recoveryMs,
      recoveryBufferSize: countOf(body.recoveryBufferSize) ?? assumed.recoveryBufferSize,
    };
    listener.greeted(terms, frame.wsc);
    const isRecovered = url.searchParams.has('wsc') && body.recoveryState === 'Successful';
    if (isRecovered) listener.live(true);
    else this.#subscribe();
  }

  #subscribe(): void {
    const { clock, assumed, eventFilters, url } = this.#o;
    this.#subscribing = randomUUID();
    this.#deadline.value = clock.after(assumed.answerMs, () => {
      this.#fail(
        passing(l10n.t('The gateway {0} did not answer the subscription in time.', url.host)),
      );
    });
    this.#send(
      {
        type: 'ClientRequest',
        messageId: this.#subscribing,
        method: 'POST',
        path: SUBSCRIPTION_PATH,
      },
      { eventFilters, deliveryMode: { transportType: 'WebSocket' } },
    );
  }

  #onAnswer(frame: Frame): void {
    this.#deadline.value = undefined;
    this.#subscribing = undefined;
    // The answer has the type of the request.
    if (frame.type !== 'ClientRequest' || !isSuccess(frame)) {
      this.#fail(this.#refusal(frame, l10n.t('subscribing to events')));
      return;
    }
    const disabled = disabledFilters(frame.body);
    for (const filter of disabled) this.#o.log.warn(`gateway: filter not accepted: ${filter}`);
    if (disabled.length < this.#o.eventFilters.length) {
      this.#o.listener.live(false);
      return;
    }
    this.#fail({ kind: 'final', problem: nothingSubscribed(disabled) });
  }

  #onNotification(frame: Frame): void {
    const event = readEvent(frame.body);
    if (event) this.#o.listener.event(event);
    else this.#o.log.warn('gateway: a notification without an event was left out');
  }

  #onError(frame: Frame): void {
    const { code = '', message = '' } = readFault(frame.body);
    if (this.#o.assumed.endingCodes.includes(code)) {
      this.#fail(this.#refusal({ ...frame, status: 503 }, l10n.t('keeping the connection')));
      return;
    }
    this.#o.log.warn(`gateway: error ${code} ${message}`);
  }

  #refusal(frame: Frame, doing: string): GatewayFailure {
    const answer = { status: frame.status ?? 500, body: frame.body };
    return failureOf(errorOf(answer, doing), this.#o.assumed.passingCodes);
  }

  #send(meta: Record<string, unknown>, body?: unknown): void {
    try {
      this.#socket?.send(writeFrame(meta, body));
    } catch (error) {
      // Between its last frame and its end a socket cannot be written to.
      this.#o.log.debug(`gateway: ${String(meta.type)} could not be sent: ${String(error)}`);
    }
  }
}

function isSuccess({ status }: Frame): boolean {
  return status === undefined || (status >= 200 && status < 300);
}

/** A subscription is accepted as a whole even where none of its filters is. */
function disabledFilters(body: unknown): string[] {
  const { disabledFilters: list } = recordOf(body);
  if (!Array.isArray(list)) return [];
  return list.map(recordOf).map(({ filter, message, reason }) => {
    return [filter, message ?? reason].filter((part) => typeof part === 'string').join(': ');
  });
}

function nothingSubscribed(disabled: readonly string[]): HumanError {
  return new HumanError(l10n.t('RingCentral sends no such events: {0}.', disabled.join('; ')), {
    remedy: l10n.t('Check the permissions of the app and of the person who is signed in.'),
  });
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function countOf(value: unknown): number | undefined {
  return typeof value === 'number' && value > 0 ? value : undefined;
}

function secondsOf(value: unknown): number | undefined {
  const seconds = countOf(value);
  return seconds === undefined ? undefined : seconds * 1000;
}
