import assert from 'node:assert/strict';
import { runInLanes, type LaneItem } from '../../../src/replay/lanes';
import { dueTimes } from '../../../src/replay/timing';
import { entryOf } from '../captures/entries';
import { FakeClock, settle } from '../fakeClock';

interface Work {
  readonly n: number;
  readonly ms: number;
}

function pseudoRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => (state = (state * 48271) % 2147483647) % below;
}

describe('Running in lanes', () => {
  let clock: FakeClock;
  beforeEach(() => (clock = new FakeClock(0)));

  it('never runs two of a lane at once or out of order, nor more than allowed, whatever they take', async () => {
    for (let seed = 1; seed <= 60; seed++) {
      const random = pseudoRandom(seed);
      const concurrency = 1 + random(6);
      const items: LaneItem<Work>[] = Array.from({ length: 60 }, (_, n) => ({
        value: { n, ms: random(4) === 0 ? 0 : random(50) },
        lane: `lane ${random(1 + random(8))}`,
        dueMs: 0,
      }));
      let due = 0;
      for (const item of items) Object.assign(item, { dueMs: (due += random(3) ? 0 : random(20)) });
      const laneOf = new Map(items.map(({ value, lane }) => [value, lane]));
      const busy = new Set<string>();
      const last = new Map<string, number>();
      let most = 0;
      const done = runInLanes(items, {
        concurrency,
        clock,
        run: async (work) => {
          const lane = laneOf.get(work)!;
          assert(!busy.has(lane), `seed ${seed}: two of ${lane}`);
          assert((last.get(lane) ?? -1) < work.n, `seed ${seed}: ${lane} out of order`);
          last.set(lane, work.n);
          busy.add(lane);
          most = Math.max(most, busy.size);
          await new Promise<void>((resolve) => clock.after(work.ms, resolve));
          busy.delete(lane);
        },
      });
      await clock.advance(60 * 50 + due);
      assert.equal(await done, 60);
      assert(most <= concurrency, `seed ${seed}: ${most} at once`);
      assert.equal(clock.pending, 0);
    }
  });

  it('keeps the order of everything on one connection', async () => {
    const started: number[] = [];
    const items = [0, 1, 2, 3, 4].map((n) => ({ value: n, lane: `${n % 2}`, dueMs: 0 }));
    await runInLanes(items, {
      concurrency: 1,
      clock,
      run: async (n) => {
        started.push(n);
        await settle(1);
      },
    });
    assert.deepEqual(started, [0, 1, 2, 3, 4]);
  });

  it('lets other lanes go on while one is slow', async () => {
    const ended: string[] = [];
    const items = ['a', 'a', 'b', 'c'].map((lane) => ({ value: lane, lane, dueMs: 0 }));
    const done = runInLanes(items, {
      concurrency: 2,
      clock,
      run: async (lane) => {
        await new Promise<void>((resolve) => clock.after(lane === 'a' ? 100 : 10, resolve));
        ended.push(`${lane}@${clock.now()}`);
      },
    });
    await clock.advance(200);
    await done;
    assert.deepEqual(ended, ['b@10', 'c@20', 'a@100', 'a@200']);
  });

  it('starts at due times counted from the beginning, so that lateness does not add up', async () => {
    const started: number[] = [];
    const items = [0, 100, 200, 300].map((dueMs, n) => ({ value: n, lane: `${n}`, dueMs }));
    const done = runInLanes(items, {
      concurrency: 1,
      clock,
      run: async (n) => {
        started.push(clock.now());
        // The second one is slow: the third is late, the fourth is not.
        await new Promise<void>((resolve) => clock.after(n === 1 ? 150 : 1, resolve));
      },
    });
    await clock.advance(400);
    await done;
    assert.deepEqual(started, [0, 100, 250, 300]);
  });

  it('stops starting when aborted, and waits for what is under way', async () => {
    const controller = new AbortController();
    const items = [0, 1, 2].map((n) => ({ value: n, lane: `${n}`, dueMs: n * 100 }));
    let isOver = false;
    const done = runInLanes(items, {
      concurrency: 3,
      clock,
      signal: controller.signal,
      run: () => new Promise<void>((resolve) => clock.after(150, resolve)),
    }).finally(() => (isOver = true));
    await clock.advance(120);
    controller.abort();
    await settle();
    assert.equal(isOver, false);
    await clock.advance(200);
    assert.equal(await done, 2);
    assert.equal(clock.pending, 0);
  });

  it('fails with what a run throws, which is a bug', async () => {
    const items = [{ value: 0, lane: 'a', dueMs: 0 }];
    const options = { concurrency: 1, clock, run: () => Promise.reject(new TypeError('bug')) };
    await assert.rejects(runInLanes(items, options), TypeError);
    assert.equal(await runInLanes([], options), 0);
  });
});

describe('Due times', () => {
  const at = (...seconds: number[]): ReturnType<typeof entryOf>[] =>
    seconds.map((s) => entryOf({ startedDateTime: new Date(s * 1000).toISOString() }));

  it('are the recorded pauses, divided by the factor, or none', () => {
    assert.deepEqual(dueTimes(at(10, 10.5, 13), 'recorded'), [0, 500, 3000]);
    assert.deepEqual(dueTimes(at(10, 10.5, 13), 2), [0, 250, 1500]);
    assert.deepEqual(dueTimes(at(10, 10.5, 13), 0.5), [0, 1000, 6000]);
    assert.deepEqual(dueTimes(at(10, 10.5, 13), 'max'), [0, 0, 0]);
    assert.deepEqual(dueTimes([], 'recorded'), []);
  });

  it('never go back where the clock of the recording did', () => {
    assert.deepEqual(dueTimes(at(10, 12, 11, 13), 'recorded'), [0, 2000, 2000, 3000]);
  });
});
