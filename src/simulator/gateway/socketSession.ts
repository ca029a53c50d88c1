import { randomUUID } from 'node:crypto';
import type { Session } from '../oauth/sessions';
import { secretToken } from '../state/ids';
import type { SocketHost } from '../subscriptions/routes';
import type { Notification, Transport } from '../subscriptions/subscription';
import { requestId, writeFrame, type ServerSocket, type SessionContext } from './frames';

/** RingCentral developer guide, Session recovery: what is kept while the socket is away. */
export const RECOVERY = { bufferSize: 100, timeoutSeconds: 180 };

const TOKEN_BYTES = 24;
/** A context token as the gateway writes them; anything else is malformed. */
export const CONTEXT_TOKEN = /^[\w-]{32}$/;

/** A conversation with one client, which outlives the socket it is held through for a while. */
export class SocketSession implements SocketHost {
  /** Known to the gateway only; marks the REST calls that come through this session. */
  readonly id = randomUUID();
  readonly oauth: Session;
  readonly #dropSubscription: (id: string) => void;
  readonly #missed: string[] = [];
  #context: SessionContext = { token: secretToken(TOKEN_BYTES), sequence: 1 };
  #subscriptionId: string | undefined;
  #socket: ServerSocket | undefined;
  /** Told of every notification that leaves. */
  onSent: () => void = () => undefined;

  constructor(oauth: Session, dropSubscription: (id: string) => void) {
    this.oauth = oauth;
    this.#dropSubscription = dropSubscription;
  }

  get context(): SessionContext {
    return this.#context;
  }

  get subscriptionId(): string | undefined {
    return this.#subscriptionId;
  }

  get socket(): ServerSocket | undefined {
    return this.#socket;
  }

  /** The context with the next sequence, to be told to the client. */
  advance(): SessionContext {
    const { token, sequence } = this.#context;
    this.#context = { token, sequence: sequence + 1 };
    return this.#context;
  }

  attach(socket: ServerSocket): void {
    const before = this.#socket;
    this.#socket = socket;
    before?.terminate();
  }

  /** What happened while the socket was away, oldest first; it is told only once. */
  takeMissed(): string[] {
    return this.#missed.splice(0);
  }

  /** One active subscription in a connection: the next one replaces it. */
  hold(subscriptionId: string): Transport {
    const before = this.#subscriptionId;
    this.#subscriptionId = subscriptionId;
    if (before !== undefined) this.#dropSubscription(before);
    return {
      type: 'WebSocket',
      send: (notification) => this.#notify(notification),
      close: () => {
        if (this.#subscriptionId === subscriptionId) this.#subscriptionId = undefined;
      },
    };
  }

  /** The client did not come back in time, or another session took its place. */
  end(): void {
    const id = this.#subscriptionId;
    this.#subscriptionId = undefined;
    this.#missed.length = 0;
    if (id !== undefined) this.#dropSubscription(id);
  }

  #notify(notification: Notification): void {
    const frame = writeFrame(
      {
        type: 'ServerNotification',
        messageId: notification.uuid,
        status: 200,
        headers: requestId(),
      },
      notification,
    );
    if (this.#socket && this.#socket.readyState === this.#socket.OPEN) {
      this.#socket.send(frame);
      this.onSent();
      return;
    }
    this.#missed.push(frame);
    if (this.#missed.length > RECOVERY.bufferSize) this.#missed.shift();
  }
}
