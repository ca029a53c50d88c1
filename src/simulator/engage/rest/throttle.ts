import type { SimClock } from '../../seam';

const MINUTE_MS = 60_000;

/** Engage Digital docs, Rate limits: so many requests a minute, then 429 until it is over. */
export class Throttle {
  #windowEndsAt = 0;
  #used = 0;

  /** `perMinute` 0 sets no limit. */
  constructor(
    private readonly clock: SimClock,
    private readonly perMinute: number,
  ) {}

  /** False when the request is one too many. */
  take(): boolean {
    if (this.perMinute === 0) return true;
    const now = this.clock.now();
    if (now >= this.#windowEndsAt) {
      this.#windowEndsAt = now + MINUTE_MS;
      this.#used = 0;
    }
    this.#used++;
    return this.#used <= this.perMinute;
  }
}
