import type { Clock } from '../../src/base/clock';
import { toDisposable, type Disposable } from '../../src/base/lifetime';

interface Timer {
  readonly due: number;
  readonly order: number;
  readonly action: () => void;
}

/**
 * A clock whose time passes only when a test says so. Between two timers everything that is ready
 * (promises, immediates) is let run, so code that awaits between timers behaves as in real life.
 */
export class FakeClock implements Clock {
  readonly #timers = new Set<Timer>();
  #now: number;
  #order = 0;

  constructor(now = Date.parse('2026-01-01T00:00:00.000Z')) {
    this.#now = now;
  }

  /** How many timers wait; after a dispose this should be 0. */
  get pending(): number {
    return this.#timers.size;
  }

  now(): number {
    return this.#now;
  }

  after(ms: number, action: () => void): Disposable {
    const timer = { due: this.#now + Math.max(0, ms), order: this.#order++, action };
    this.#timers.add(timer);
    return toDisposable(() => this.#timers.delete(timer));
  }

  /** Lets `ms` pass: every timer that comes due runs at its time, in order. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settle();
    for (let timer = this.#next(end); timer; timer = this.#next(end)) {
      this.#now = Math.max(this.#now, timer.due);
      this.#timers.delete(timer);
      timer.action();
      await settle();
    }
    this.#now = end;
  }

  /** The machine sleeps for `ms`: no timer runs meanwhile; those that came due run late, on waking. */
  async sleep(ms: number): Promise<void> {
    await settle();
    this.#now += ms;
    await this.advance(0);
  }

  #next(end: number): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.due > end) continue;
      const isSooner =
        !first || timer.due < first.due || (timer.due === first.due && timer.order < first.order);
      if (isSooner) first = timer;
    }
    return first;
  }
}

/** Lets promises and immediates that are ready run to their end. */
export async function settle(rounds = 12): Promise<void> {
  for (let i = 0; i < rounds; i++) await new Promise((resolve) => setImmediate(resolve));
}
