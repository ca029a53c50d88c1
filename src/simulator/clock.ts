import type { SimClock } from './seam';

/** `setTimeout` takes no more than this many ms; longer waits are taken in steps. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** A warp runs at most this many waiting actions, so that a chain of timers cannot hold it. */
const MOST_ACTIONS_A_WARP = 10_000;

interface Waiting {
  readonly dueAt: number;
  readonly action: () => void;
  timer: NodeJS.Timeout | undefined;
}

/** The machine's clock, plus the time that was warped. It owns every timer of the simulator. */
export class PracticeClock implements SimClock {
  readonly #waiting = new Set<Waiting>();
  #warpedMs = 0;

  now(): number {
    return Date.now() + this.#warpedMs;
  }

  after(ms: number, action: () => void): { dispose(): void } {
    const waiting: Waiting = { dueAt: this.now() + Math.max(0, ms), action, timer: undefined };
    this.#waiting.add(waiting);
    this.#arm(waiting);
    return { dispose: () => this.#forget(waiting) };
  }

  /** Moves practice time forward; what falls due meanwhile runs in order, now. */
  warp(ms: number): void {
    const target = this.now() + ms;
    for (let ran = 0; ran < MOST_ACTIONS_A_WARP; ran++) {
      const next = this.#nextBefore(target);
      if (!next) break;
      this.#warpedMs += Math.max(0, next.dueAt - this.now());
      this.#fire(next);
    }
    this.#warpedMs += Math.max(0, target - this.now());
    for (const waiting of this.#waiting) this.#arm(waiting);
  }

  dispose(): void {
    for (const waiting of [...this.#waiting]) this.#forget(waiting);
  }

  #nextBefore(target: number): Waiting | undefined {
    let next: Waiting | undefined;
    for (const waiting of this.#waiting) {
      if (waiting.dueAt <= target && (!next || waiting.dueAt < next.dueAt)) next = waiting;
    }
    return next;
  }

  #arm(waiting: Waiting): void {
    clearTimeout(waiting.timer);
    const left = waiting.dueAt - this.now();
    waiting.timer = setTimeout(
      () => (waiting.dueAt <= this.now() ? this.#fire(waiting) : this.#arm(waiting)),
      Math.min(Math.max(0, left), LONGEST_TIMER_MS),
    );
  }

  #fire(waiting: Waiting): void {
    if (!this.#waiting.has(waiting)) return;
    this.#forget(waiting);
    waiting.action();
  }

  #forget(waiting: Waiting): void {
    clearTimeout(waiting.timer);
    this.#waiting.delete(waiting);
  }
}

/**
 * Waits for the network are real ones: no peer can answer within a warp, and none shall be blamed
 * for it.
 */
export function afterRealTime(ms: number, action: () => void): { dispose(): void } {
  const timer = setTimeout(action, ms);
  return { dispose: () => clearTimeout(timer) };
}
