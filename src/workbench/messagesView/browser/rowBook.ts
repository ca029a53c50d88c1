import type { ViewRow } from '../protocol';

/** The rows of the page by id and in order, at most `limit` of them; the oldest make room. */
export class RowBook {
  readonly #limit: number;
  readonly #byId = new Map<string, ViewRow>();
  #rows: readonly ViewRow[] = [];

  constructor(limit = 5000) {
    this.#limit = limit;
  }

  /** Oldest first; another array after every change. */
  get rows(): readonly ViewRow[] {
    return this.#rows;
  }

  get(id: string): ViewRow | undefined {
    return this.#byId.get(id);
  }

  clear(): void {
    this.#byId.clear();
    this.#rows = [];
  }

  /** Puts rows in by id; returns those that are new and stayed, oldest first. */
  put(rows: readonly ViewRow[]): ViewRow[] {
    if (rows.length === 0) return [];
    const added = new Set<string>();
    let hasMoved = false;
    let hasChanged = false;
    for (const row of rows) {
      const before = this.#byId.get(row.id);
      if (!before) added.add(row.id);
      else if (before.createdAt !== row.createdAt) hasMoved = true;
      if (before) hasChanged = true;
      this.#byId.set(row.id, row);
    }
    const news = [...added].flatMap((id) => this.#byId.get(id) ?? []).sort(compare);
    this.#rows = this.#merged(news, hasMoved, hasChanged);
    this.#trim();
    return news.filter((row) => this.#byId.has(row.id));
  }

  #merged(news: readonly ViewRow[], hasMoved: boolean, hasChanged: boolean): readonly ViewRow[] {
    const last = this.#rows.at(-1);
    const first = news[0];
    const isInOrder = !hasMoved && (!last || !first || compare(last, first) < 0);
    if (!isInOrder) return [...this.#byId.values()].sort(compare);
    const old = hasChanged ? this.#rows.map((row) => this.#byId.get(row.id) ?? row) : this.#rows;
    return [...old, ...news];
  }

  #trim(): void {
    const excess = this.#rows.length - this.#limit;
    if (excess <= 0) return;
    for (const { id } of this.#rows.slice(0, excess)) this.#byId.delete(id);
    this.#rows = this.#rows.slice(excess);
  }
}

/** By creation; posts of the same millisecond by id, which grows with time. */
function compare(a: ViewRow, b: ViewRow): number {
  if (a.createdAt !== b.createdAt) return a.createdAt - b.createdAt;
  if (a.id.length !== b.id.length) return a.id.length - b.id.length;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
