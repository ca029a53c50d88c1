/** Something that owns a resource; compatible with `vscode.Disposable`. */
export interface Disposable {
  dispose(): unknown;
}

export function toDisposable(dispose: () => unknown): Disposable {
  let done = false;
  return {
    dispose: () => {
      if (done) return;
      done = true;
      return dispose();
    },
  };
}

/** Owns many disposables; what is added after disposal is disposed at once. */
export class DisposableStore implements Disposable {
  readonly #items = new Set<Disposable>();
  #disposed = false;

  get isDisposed(): boolean {
    return this.#disposed;
  }

  add<T extends Disposable>(item: T): T {
    if (this.#disposed) void item.dispose();
    else this.#items.add(item);
    return item;
  }

  /** Disposes one item early and forgets it. */
  remove(item: Disposable): void {
    if (this.#items.delete(item)) void item.dispose();
  }

  /** Disposes the newest first, as destructors would, and waits for those that take time. */
  async dispose(): Promise<void> {
    if (this.#disposed) return;
    this.#disposed = true;
    const items = [...this.#items].reverse();
    this.#items.clear();
    // Each is told at once, in this turn; only what takes time is waited for.
    await Promise.allSettled(items.map(disposed));
  }
}

/** What an item's disposal gives, a thrown error as a rejection. */
function disposed(item: Disposable): unknown {
  try {
    return item.dispose();
  } catch (error) {
    return Promise.reject(error instanceof Error ? error : new Error(String(error)));
  }
}

/** Holds at most one disposable; setting another disposes the one before. */
export class MutableDisposable<T extends Disposable> implements Disposable {
  #value: T | undefined;
  #disposed = false;

  get value(): T | undefined {
    return this.#value;
  }

  set value(next: T | undefined) {
    if (next === this.#value) return;
    const before = this.#value;
    this.#value = this.#disposed ? undefined : next;
    void before?.dispose();
    if (this.#disposed) void next?.dispose();
  }

  dispose(): unknown {
    this.#disposed = true;
    const before = this.#value;
    this.#value = undefined;
    return before?.dispose();
  }
}
