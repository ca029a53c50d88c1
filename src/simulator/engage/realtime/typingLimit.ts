import type { SimClock } from '../../seam';

/** Engage Digital docs, Source SDK, Send API: one typing.start per thread in two seconds. */
const WINDOW_MS = 2000;
const MOST_REMEMBERED = 10_000;

/** Remembers when each conversation last started typing; typing.stop forgets it. */
export class TypingLimit {
  readonly #startedAt = new Map<string, number>();

  constructor(private readonly clock: SimClock) {}

  /** False when this start comes too soon. */
  start(conversation: string): boolean {
    const now = this.clock.now();
    const before = this.#startedAt.get(conversation);
    if (before !== undefined && now - before < WINDOW_MS) return false;
    if (this.#startedAt.size >= MOST_REMEMBERED) this.#startedAt.clear();
    this.#startedAt.set(conversation, now);
    return true;
  }

  stop(conversation: string): void {
    this.#startedAt.delete(conversation);
  }
}
