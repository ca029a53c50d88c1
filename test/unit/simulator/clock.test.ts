import assert from 'node:assert/strict';
import { useFakeTimers, type SinonFakeTimers } from 'sinon';
import { PracticeClock } from '../../../src/simulator/clock';

describe('Practice time', () => {
  let timers: SinonFakeTimers;
  let clock: PracticeClock;
  beforeEach(() => {
    timers = useFakeTimers({ now: 1_000_000 });
    clock = new PracticeClock();
  });
  afterEach(() => {
    clock.dispose();
    timers.restore();
  });

  it('passes like the machine’s', () => {
    const heard: number[] = [];
    clock.after(50, () => heard.push(clock.now()));
    timers.tick(49);
    assert.deepEqual(heard, []);
    timers.tick(1);
    assert.deepEqual(heard, [1_000_050]);
  });

  it('warps: what falls due happens in order, at its time', () => {
    const heard: [string, number][] = [];
    clock.after(3000, () => heard.push(['late', clock.now()]));
    clock.after(1000, () => {
      heard.push(['early', clock.now()]);
      clock.after(500, () => heard.push(['after early', clock.now()]));
    });
    clock.after(9000, () => heard.push(['later', clock.now()]));
    clock.warp(5000);
    assert.deepEqual(heard, [
      ['early', 1_001_000],
      ['after early', 1_001_500],
      ['late', 1_003_000],
    ]);
    assert.equal(clock.now(), 1_005_000);
    timers.tick(4000);
    assert.deepEqual(heard.at(-1), ['later', 1_009_000]);
  });

  it('holds waits that are longer than a timer can be', () => {
    let isDue = false;
    const tenYears = 10 * 365 * 86_400_000;
    clock.after(tenYears, () => (isDue = true));
    timers.tick(2 ** 31);
    assert.equal(isDue, false);
    clock.warp(tenYears);
    assert.equal(isDue, true);
  });

  it('does not follow a chain without an end', () => {
    let rounds = 0;
    const again = (): void => {
      rounds += 1;
      clock.after(0, again);
    };
    again();
    clock.warp(10);
    assert.ok(rounds < 20_000);
  });

  it('forgets what was disposed, alone or all at once', () => {
    let heard = 0;
    clock.after(10, () => (heard += 1)).dispose();
    clock.after(10, () => (heard += 1));
    clock.dispose();
    timers.tick(100);
    clock.warp(100);
    assert.equal(heard, 0);
  });
});
