/** Records of one resource by id, in the order they were made. */
export class Collection<T extends { readonly id: string }> {
  readonly #records = new Map<string, T>();

  add(record: T): T {
    this.#records.set(record.id, record);
    return record;
  }

  get(id: string | undefined | null): T | undefined {
    return typeof id === 'string' ? this.#records.get(id) : undefined;
  }

  delete(id: string): boolean {
    return this.#records.delete(id);
  }

  /** Oldest first. */
  all(): T[] {
    return [...this.#records.values()];
  }

  filter(matches: (record: T) => boolean): T[] {
    return this.all().filter(matches);
  }

  find(matches: (record: T) => boolean): T | undefined {
    for (const record of this.#records.values()) if (matches(record)) return record;
    return undefined;
  }

  findLast(matches: (record: T) => boolean): T | undefined {
    return this.filter(matches).at(-1);
  }
}
