import { afterRealTime } from '../clock';
import type { SimClock } from '../seam';
import { errorFrame, type ServerSocket } from './frames';

/** RingCentral developer guide, Keeping WebSocket connections alive, in seconds. */
export const TIMEOUTS = { idle: 1800, absolute: 86_400, pong: 10 };

interface Timer {
  dispose(): void;
}

/** Pings a client, and parts with one that is silent, does not answer, or is connected for a day. */
export class Liveness {
  readonly #socket: ServerSocket;
  readonly #clock: SimClock;
  readonly #pingMs: number;
  readonly #absolute: Timer;
  #idle: Timer;
  #ping: Timer;
  #pong: Timer | undefined;

  constructor(socket: ServerSocket, clock: SimClock, pingSeconds: number) {
    this.#socket = socket;
    this.#clock = clock;
    this.#pingMs = pingSeconds * 1000;
    this.#absolute = clock.after(TIMEOUTS.absolute * 1000, () =>
      this.#part('WSG-903', 'Absolute timeout expired'),
    );
    this.#idle = this.#awaitIdle();
    this.#ping = this.#awaitPing();
    socket.on('pong', () => {
      this.#pong?.dispose();
      this.#pong = undefined;
    });
    socket.once('close', () => this.dispose());
  }

  /** Something was said, by either side. */
  touch(): void {
    this.#idle.dispose();
    this.#idle = this.#awaitIdle();
  }

  dispose(): void {
    for (const timer of [this.#absolute, this.#idle, this.#ping, this.#pong]) timer?.dispose();
  }

  #awaitIdle(): Timer {
    return this.#clock.after(TIMEOUTS.idle * 1000, () =>
      this.#part('WSG-902', 'Idle timeout expired'),
    );
  }

  #awaitPing(): Timer {
    return afterRealTime(this.#pingMs, () => {
      if (this.#socket.readyState !== this.#socket.OPEN) return;
      this.#socket.ping();
      this.#pong ??= afterRealTime(TIMEOUTS.pong * 1000, () => this.#socket.terminate());
      this.#ping = this.#awaitPing();
    });
  }

  #part(code: string, message: string): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#socket.send(errorFrame(code, message));
    this.#socket.close(1000);
  }
}
