/** A page that is not painted has no frames; so much may wait for one. */
const MOST_WAITING = 100;

/** Hands what came in since the last frame over at once, before the next one is painted. */
export class FrameQueue<T> {
  #waiting: T[] = [];

  constructor(
    private readonly take: (items: readonly T[]) => void,
    private readonly nextFrame: (run: () => void) => unknown = (run) => requestAnimationFrame(run),
  ) {}

  add(item: T): void {
    this.#waiting.push(item);
    if (this.#waiting.length === 1) this.nextFrame(() => this.#flush());
    else if (this.#waiting.length > MOST_WAITING) this.#flush();
  }

  #flush(): void {
    const items = this.#waiting;
    this.#waiting = [];
    if (items.length > 0) this.take(items);
  }
}
