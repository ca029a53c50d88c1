import type { SimClock } from '../seam';

/** Waits of practice time that all end, unfinished, when the room closes. */
export class Waits {
  readonly #pending = new Set<() => void>();
  #closed = false;

  constructor(private readonly clock: SimClock) {}

  /** False when the room was closed before the time had passed. */
  pause(ms: number): Promise<boolean> {
    if (this.#closed) return Promise.resolve(false);
    return new Promise((resolve) => {
      const end = (inTime: boolean): void => {
        timer.dispose();
        this.#pending.delete(stop);
        resolve(inTime);
      };
      const stop = (): void => end(false);
      const timer = this.clock.after(ms, () => end(true));
      this.#pending.add(stop);
    });
  }

  close(): void {
    this.#closed = true;
    for (const stop of [...this.#pending]) stop();
  }
}
