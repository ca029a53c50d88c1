/** Runs the work of one key one after the other; different keys do not wait for each other. */
export class InOrder {
  #last = new Map();

  run(key, work) {
    const before = this.#last.get(key) ?? Promise.resolve();
    const result = before.then(work);
    const settled = result.then(
      () => {},
      () => {},
    );
    this.#last.set(key, settled);
    void settled.then(() => {
      if (this.#last.get(key) === settled) this.#last.delete(key);
    });
    return result;
  }
}

/** Remembers the ids it has seen, the newest ones: both platforms may deliver an event twice. */
export class Seen {
  #ids = new Set();
  #limit;

  constructor(limit = 10_000) {
    this.#limit = limit;
  }

  /** True the first time. Without an id every time is the first. */
  isNew(id) {
    if (id === undefined || id === null) return true;
    if (this.#ids.has(id)) return false;
    this.#ids.add(id);
    if (this.#ids.size > this.#limit) this.#ids.delete(this.#ids.values().next().value);
    return true;
  }
}
