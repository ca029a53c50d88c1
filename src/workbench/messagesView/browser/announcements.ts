import type { Clock } from '../../../base/clock';
import { MutableDisposable, type Disposable } from '../../../base/lifetime';
import type { ViewRow, ViewStrings } from '../protocol';
import { fill } from './fill';

/** A screen reader says one thing in so many milliseconds; more would never end. */
const PAUSE_MS = 3000;

export interface AnnouncementsOptions {
  readonly clock: Clock;
  readonly say: (text: string) => void;
  /** A row in words. */
  readonly textOf: (row: ViewRow) => string;
}

/** Says what is new, gathered so that a burst becomes one sentence. */
export class Announcements implements Disposable {
  readonly #o: AnnouncementsOptions;
  readonly #timer = new MutableDisposable();
  #count = 0;
  #newest: ViewRow | undefined;
  #status: string | undefined;
  #strings: ViewStrings | undefined;
  #quietUntil = -Infinity;

  constructor(o: AnnouncementsOptions) {
    this.#o = o;
  }

  /** The tail's health changed; told before messages. */
  status(text: string): void {
    this.#status = text;
    this.#schedule();
  }

  rows(rows: readonly ViewRow[], strings: ViewStrings): void {
    if (rows.length === 0) return;
    this.#count += rows.length;
    this.#newest = rows.at(-1);
    this.#strings = strings;
    this.#schedule();
  }

  dispose(): void {
    this.#timer.dispose();
  }

  #schedule(): void {
    if (this.#timer.value) return;
    const wait = Math.max(0, this.#quietUntil - this.#o.clock.now());
    this.#timer.value = this.#o.clock.after(wait, () => this.#speak());
  }

  #speak(): void {
    this.#timer.value = undefined;
    this.#quietUntil = this.#o.clock.now() + PAUSE_MS;
    const parts = [this.#status, this.#rowsText()].filter((part) => part !== undefined);
    this.#status = undefined;
    this.#count = 0;
    this.#newest = undefined;
    if (parts.length > 0) this.#o.say(parts.join(' '));
  }

  #rowsText(): string | undefined {
    const row = this.#newest;
    if (!row || !this.#strings) return undefined;
    const { oneAnnounced, manyAnnounced } = this.#strings;
    return this.#count === 1
      ? fill(oneAnnounced, row.authorName, this.#o.textOf(row))
      : fill(manyAnnounced, this.#count, row.authorName);
  }
}
