import type { Clock } from '../../base/clock';
import { MutableDisposable, type Disposable } from '../../base/lifetime';
import type { UpdateMessage, ViewHealth, ViewRow, ViewTail } from './protocol';
import type { MessagesUpdate } from './source';
import { viewHealth, viewRow, viewTail } from './viewRow';

export interface OutboxOptions {
  readonly clock: Clock;
  readonly post: (message: UpdateMessage) => void;
  /** Least time between two messages; 50 ms, so 20 a second, when absent. */
  readonly intervalMs?: number;
  /** Rows that may wait, the newest of them; as many as the page keeps when absent. */
  readonly mostRows?: number;
}

interface Pending {
  cleared: boolean;
  tail: ViewTail | undefined;
  health: ViewHealth | undefined;
  readonly rows: Map<string, ViewRow>;
}

/** Gathers updates, so that a burst reaches the page as few messages and the first one at once. */
export class Outbox implements Disposable {
  readonly #o: Required<OutboxOptions>;
  readonly #timer = new MutableDisposable();
  #pending: Pending | undefined;
  #nextAt = -Infinity;

  constructor(o: OutboxOptions) {
    this.#o = { intervalMs: 50, mostRows: 5000, ...o };
  }

  add(update: MessagesUpdate): void {
    const isFirst = this.#pending === undefined;
    if (update.cleared) this.#pending = undefined;
    const pending = (this.#pending ??= {
      cleared: update.cleared ?? false,
      tail: undefined,
      health: undefined,
      rows: new Map(),
    });
    if (update.tail) {
      pending.tail = viewTail(update.tail);
      pending.health = undefined;
    }
    if (update.health) pending.health = viewHealth(update.health);
    for (const row of update.rows ?? []) this.#put(pending.rows, viewRow(row));
    if (isFirst) this.#schedule();
  }

  /** Forgets what waits; whoever calls it sends everything anew. */
  clear(): void {
    this.#pending = undefined;
    this.#timer.value = undefined;
  }

  dispose(): void {
    this.clear();
    this.#timer.dispose();
  }

  #put(rows: Map<string, ViewRow>, row: ViewRow): void {
    rows.set(row.id, row);
    if (rows.size <= this.#o.mostRows) return;
    const [oldest] = rows.keys();
    if (oldest !== undefined) rows.delete(oldest);
  }

  #schedule(): void {
    const wait = this.#nextAt - this.#o.clock.now();
    if (wait <= 0) this.#flush();
    else this.#timer.value = this.#o.clock.after(wait, () => this.#flush());
  }

  #flush(): void {
    const pending = this.#pending;
    if (!pending) return;
    this.#pending = undefined;
    const sentAt = this.#o.clock.now();
    this.#nextAt = sentAt + this.#o.intervalMs;
    const { cleared, tail, health, rows } = pending;
    this.#o.post({
      type: 'update',
      sentAt,
      ...(cleared && { cleared }),
      ...(tail && { tail }),
      ...(health && { health }),
      ...(rows.size > 0 && { rows: [...rows.values()] }),
    });
  }
}
