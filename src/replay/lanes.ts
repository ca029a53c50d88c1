import type { Clock } from '../base/clock';
import type { Disposable } from '../base/lifetime';

export interface LaneItem<T> {
  readonly value: T;
  /** Items of one lane are run one after the other, in their order. */
  readonly lane: string;
  /** The earliest moment it may start, in ms after the whole began; never less than the one before. */
  readonly dueMs: number;
}

export interface LaneOptions<T> {
  /** How many items may be under way at once. */
  readonly concurrency: number;
  readonly clock: Clock;
  /** Stops starting items; those under way are waited for. */
  readonly signal?: AbortSignal | undefined;
  readonly run: (value: T) => Promise<void>;
}

/** Timers cannot wait longer than this many ms; a longer wait is taken in parts. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

/**
 * Runs items as early as their due time, their lane and the concurrency allow: the earliest item
 * first, and never two of one lane at once. Due times count from the beginning, so that lateness
 * does not add up.
 * @returns how many were started
 */
export function runInLanes<T>(items: readonly LaneItem<T>[], o: LaneOptions<T>): Promise<number> {
  return new Promise((resolve, reject) => new Run(items, o, resolve, reject).begin());
}

interface Lane<T> {
  isBusy: boolean;
  readonly waiting: T[];
}

class Run<T> {
  readonly #lanes = new Map<string, Lane<T>>();
  /** Lanes that have become free and have items whose time had come before. */
  readonly #ready: Lane<T>[] = [];
  readonly #begunAt: number;
  #next = 0;
  #underWay = 0;
  #started = 0;
  #isStopped = false;
  #timer: Disposable | undefined;

  constructor(
    private readonly items: readonly LaneItem<T>[],
    private readonly o: LaneOptions<T>,
    private readonly resolve: (started: number) => void,
    private readonly reject: (error: unknown) => void,
  ) {
    this.#begunAt = o.clock.now();
  }

  begin(): void {
    if (this.o.signal?.aborted) this.#isStopped = true;
    this.o.signal?.addEventListener('abort', this.#stop, { once: true });
    this.#advance();
  }

  readonly #stop = (): void => {
    this.#isStopped = true;
    this.#advance();
  };

  #advance(): void {
    while (!this.#isStopped && this.#underWay < this.o.concurrency && this.#startOne());
    const isDone =
      this.#isStopped || (this.#next === this.items.length && this.#ready.length === 0);
    if (!isDone || this.#underWay > 0) return;
    this.#end();
    this.resolve(this.#started);
  }

  /** Whether there was something to do now. */
  #startOne(): boolean {
    const freed = this.#ready.shift();
    const waited = freed?.waiting.shift();
    if (freed !== undefined && waited !== undefined) {
      this.#start(freed, waited);
      return true;
    }
    const item = this.items[this.#next];
    if (item === undefined || !this.#isDue(item)) return false;
    this.#next++;
    const lane = this.#laneOf(item.lane);
    if (lane.isBusy) lane.waiting.push(item.value);
    else this.#start(lane, item.value);
    return true;
  }

  #isDue(item: LaneItem<T>): boolean {
    const wait = this.#begunAt + item.dueMs - this.o.clock.now();
    if (wait <= 0) return true;
    this.#timer?.dispose();
    this.#timer = this.o.clock.after(Math.min(wait, LONGEST_WAIT_MS), () => this.#advance());
    return false;
  }

  #start(lane: Lane<T>, value: T): void {
    lane.isBusy = true;
    this.#underWay++;
    this.#started++;
    this.o.run(value).then(
      () => {
        this.#underWay--;
        // A lane with items that waited stays busy: no later one may overtake them.
        if (lane.waiting.length > 0) this.#ready.push(lane);
        else lane.isBusy = false;
        this.#advance();
      },
      (error: unknown) => {
        this.#isStopped = true;
        this.#end();
        this.reject(error);
      },
    );
  }

  #laneOf(name: string): Lane<T> {
    let lane = this.#lanes.get(name);
    if (lane === undefined) this.#lanes.set(name, (lane = { isBusy: false, waiting: [] }));
    return lane;
  }

  #end(): void {
    this.#timer?.dispose();
    this.o.signal?.removeEventListener('abort', this.#stop);
  }
}
