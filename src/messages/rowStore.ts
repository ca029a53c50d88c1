import type { MessageRow } from './messageRow';

/** Rows in order of creation, at most `limit` of them; the oldest make room. */
export class RowStore {
  readonly #limit: number;
  readonly #byId = new Map<string, MessageRow>();
  #sorted: MessageRow[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  get rows(): readonly MessageRow[] {
    return this.#sorted;
  }

  get(id: string): MessageRow | undefined {
    return this.#byId.get(id);
  }

  /** Adds the row or puts it in the place of the one with its id. */
  put(row: MessageRow): void {
    const before = this.#byId.get(row.id);
    if (before) this.#sorted.splice(this.#indexOf(before), 1);
    this.#sorted.splice(this.#indexOf(row), 0, row);
    this.#byId.set(row.id, row);
    while (this.#sorted.length > this.#limit) {
      const oldest = this.#sorted.shift();
      if (oldest) this.#byId.delete(oldest.id);
    }
  }

  /** Where the row is, or belongs. */
  #indexOf(row: MessageRow): number {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.#sorted[middle];
      if (other && compare(other, row) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** By creation; posts of the same millisecond by id, which grows with time. */
export function compare(a: MessageRow, b: MessageRow): number {
  const byTime = Date.parse(a.createdAt) - Date.parse(b.createdAt);
  if (byTime !== 0) return byTime;
  if (a.id === b.id) return 0;
  if (a.id.length !== b.id.length) return a.id.length - b.id.length;
  return a.id < b.id ? -1 : 1;
}
