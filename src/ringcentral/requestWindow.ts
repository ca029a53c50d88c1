/** A minute, and a second for the way: what counts is when requests arrive. */
const WINDOW_MS = 61_000;

/**
 * Counts requests in a sliding window, so that a limit is kept and never run into: RingCentral answers
 * the one too many with a pause that begins anew with each further request.
 * @see RingCentral developer guide, Rate limits
 */
export class RequestWindow {
  readonly #limit: number;
  readonly #windowMs: number;
  #taken: number[] = [];
  #barredUntil = 0;

  constructor(limit: number, windowMs = WINDOW_MS) {
    this.#limit = limit;
    this.#windowMs = windowMs;
  }

  /** Milliseconds until another request may be made; 0 when it may now. */
  waitMs(now: number): number {
    // A clock that was set back must not bar anybody for longer than one window.
    this.#taken = this.#taken.filter((at) => at > now - this.#windowMs && at <= now);
    const oldest = this.#taken.length < this.#limit ? undefined : this.#taken[0];
    const free = oldest === undefined ? now : oldest + this.#windowMs;
    return Math.max(0, free - now, this.#barredUntil - now);
  }

  /** Notes a request made now. */
  take(now: number): void {
    this.#taken.push(now);
  }

  /** The server said to stay away for so long. */
  bar(now: number, ms: number): void {
    this.#barredUntil = Math.max(this.#barredUntil, now + ms);
  }
}
