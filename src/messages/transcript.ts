import type { Clock } from '../base/clock';
import { Emitter } from '../base/emitter';
import { MutableDisposable, type Disposable } from '../base/lifetime';
import type { Post } from '../ringcentral';
import { limits, type MessageAssumptions } from './assumptions';
import { createdMs, newestOf, oldestOf } from './history';
import { rowOf, versionOf, type MessageRow } from './messageRow';
import type { People } from './people';
import { compare, RowStore } from './rowStore';

/** What was known when events stopped to flow: where a gap begins. */
export interface Bookmark {
  /** Creation of the newest post that had been seen; 0 when there was none. */
  readonly newestMs: number;
  readonly ids: ReadonlySet<string>;
}

export interface TranscriptOptions {
  readonly chatId: string;
  readonly clock: Clock;
  readonly people: People;
  readonly assumed: MessageAssumptions;
  readonly mostRows?: number;
}

/**
 * What is known of one chat, merged by id from events and from REST in whatever order they come: a
 * newer version is never replaced by an older one, a removed post never comes back, and what lies
 * before the backlog stays out. Changes are told in batches, once names are known or have been waited
 * for.
 */
export class Transcript implements Disposable {
  readonly #o: TranscriptOptions;
  readonly #store: RowStore;
  readonly #changed = new Emitter<readonly MessageRow[]>();
  readonly #removed = new Set<string>();
  readonly #untold = new Set<string>();
  readonly #timer = new MutableDisposable();
  readonly #named: Disposable;
  #tellAt = Infinity;
  #ownId: string | undefined;
  /** Posts created before it are none of ours: milliseconds since the epoch. */
  #floorMs = 0;
  #newestMs = 0;

  constructor(o: TranscriptOptions) {
    this.#o = o;
    this.#store = new RowStore(o.mostRows ?? limits.rows);
    this.#named = o.people.onSettled((ids) => this.#rename(new Set(ids)));
  }

  readonly onRows = this.#changed.event;

  get rows(): readonly MessageRow[] {
    return [...this.#store.rows];
  }

  dispose(): void {
    this.#named.dispose();
    this.#timer.dispose();
    this.#changed.dispose();
  }

  has(id: string): boolean {
    return this.#store.get(id) !== undefined;
  }

  bookmark(): Bookmark {
    return { newestMs: this.#newestMs, ids: new Set(this.#store.rows.map((row) => row.id)) };
  }

  /** The person or bot that is signed in, once known. */
  setOwnId(id: string): void {
    if (this.#ownId === id) return;
    this.#ownId = id;
    for (const row of this.#store.rows.filter((each) => each.isOwn !== (each.authorId === id)))
      this.#show({ ...row, isOwn: row.authorId === id });
  }

  /** The first reading: its newest `count` posts are shown, and nothing older from now on. */
  begin(posts: readonly Post[], count: number): void {
    const newestFirst = [...posts].sort((a, b) => createdMs(b) - createdMs(a));
    const shown = newestFirst.slice(0, count);
    this.#newestMs = Math.max(this.#newestMs, newestOf(posts));
    if (newestFirst.length > 0)
      this.#floorMs = shown.length > 0 ? oldestOf(shown) : newestOf(posts) + 1;
    for (const post of shown) this.put(post);
  }

  /** A later reading that reaches back to the bookmark: what is missing in it was removed meanwhile. */
  mend(posts: readonly Post[], { ids }: Bookmark): void {
    const oldest = oldestOf(posts);
    const present = new Set(posts.map((post) => post.id));
    for (const row of [...this.#store.rows]) {
      const isCovered = Date.parse(row.createdAt) > oldest;
      if (isCovered && ids.has(row.id) && !present.has(row.id)) this.remove(row.id);
    }
    for (const post of posts) this.put(post);
  }

  put(post: Post): void {
    if (this.#removed.has(post.id)) return;
    const { chatId, clock, people, assumed } = this.#o;
    const before = this.#store.get(post.id);
    if (!before && createdMs(post) < this.#floorMs) return;
    const context = {
      chatId,
      ownId: this.#ownId,
      nameOf: people.nameOf,
      now: clock.now(),
      assumed,
    };
    // Without a time of its own a post keeps the place it had.
    const timed = before ? { ...post, creationTime: post.creationTime ?? before.createdAt } : post;
    const row = rowOf(timed, context);
    if (before && (before.state === 'deleted' || versionOf(row) < versionOf(before))) return;
    this.#newestMs = Math.max(this.#newestMs, Date.parse(row.createdAt));
    people.want(row.authorId);
    if (before && isSame(before, row)) return;
    this.#show(row);
  }

  /** A removed post keeps its last text. */
  remove(id: string): void {
    this.#removed.add(id);
    for (const oldest of this.#removed) {
      if (this.#removed.size <= limits.tombstones) break;
      this.#removed.delete(oldest);
    }
    const row = this.#store.get(id);
    if (row && row.state !== 'deleted') this.#show({ ...row, state: 'deleted' });
  }

  #show(row: MessageRow): void {
    this.#store.put(row);
    const oldest = this.#store.rows[0];
    const isFull = this.#store.rows.length >= (this.#o.mostRows ?? limits.rows);
    if (oldest && isFull) this.#floorMs = Math.max(this.#floorMs, Date.parse(oldest.createdAt));
    this.#untold.add(row.id);
    this.#schedule();
  }

  #rename(ids: ReadonlySet<string>): void {
    const { nameOf } = this.#o.people;
    for (const row of this.#store.rows.filter((each) => ids.has(each.authorId))) {
      const authorName = nameOf(row.authorId) ?? row.authorName;
      if (authorName !== row.authorName) this.#show({ ...row, authorName });
    }
    this.#schedule();
  }

  #schedule(): void {
    if (this.#untold.size === 0) return;
    const { clock, people } = this.#o;
    const isNamed = [...this.#untold].every((id) => {
      return people.isSettled(this.#store.get(id)?.authorId ?? '');
    });
    const at = clock.now() + (isNamed ? 0 : limits.nameWaitMs);
    if (at >= this.#tellAt) return;
    this.#tellAt = at;
    this.#timer.value = clock.after(at - clock.now(), () => this.#tell());
  }

  #tell(): void {
    this.#tellAt = Infinity;
    const rows = [...this.#untold].flatMap((id) => this.#store.get(id) ?? []);
    this.#untold.clear();
    if (rows.length > 0) this.#changed.fire(rows.sort(compare));
  }
}

function isSame(a: MessageRow, b: MessageRow): boolean {
  return (
    a.text === b.text &&
    a.state === b.state &&
    a.editedAt === b.editedAt &&
    a.authorId === b.authorId &&
    a.createdAt === b.createdAt
  );
}
