import assert from 'node:assert/strict';
import { healthText, isTicking } from '../../../src/workbench/messagesView/browser/healthText';
import type { ViewHealth } from '../../../src/workbench/messagesView/protocol';
import { english } from './english';

const NOW = Date.parse('2026-01-01T12:00:00.000Z');
const words = (health: ViewHealth): string => healthText(health, english, NOW);
const liveFor = (ms: number): string => words({ kind: 'live', lastEventAt: NOW - ms });
const retryIn = (ms: number): string =>
  words({ kind: 'reconnecting', problem: 'The line is cut.', nextAttemptAt: NOW + ms });

describe('The health of a tail in words', () => {
  it('says when the last event was and never claims more time than has passed', () => {
    assert.equal(liveFor(12_999), 'Live · last event 12 s ago');
    assert.equal(liveFor(59_999), 'Live · last event 59 s ago');
    assert.equal(liveFor(119_999), 'Live · last event 1 min ago');
    assert.equal(liveFor(7_199_999), 'Live · last event 1 h ago');
    assert.equal(liveFor(50 * 3_600_000), 'Live · last event 2 d ago');
    assert.equal(liveFor(-300), 'Live · last event 0 s ago');
  });

  it('admits that there was no event yet', () => {
    assert.equal(words({ kind: 'live' }), 'Live · no event yet');
  });

  it('counts down to the next attempt and says why', () => {
    assert.equal(retryIn(3200), 'Reconnecting in 4 s — The line is cut.');
    assert.equal(retryIn(1), 'Reconnecting in 1 s — The line is cut.');
    assert.equal(retryIn(170_000), 'Reconnecting in 3 min — The line is cut.');
    assert.equal(retryIn(0), 'Reconnecting… — The line is cut.');
    assert.equal(retryIn(-5000), 'Reconnecting… — The line is cut.');
  });

  it('says that it connects, that it stopped, and why', () => {
    assert.equal(words({ kind: 'connecting' }), 'Connecting…');
    assert.equal(words({ kind: 'stopped' }), 'Stopped');
    assert.equal(
      words({ kind: 'stopped', problem: 'Nobody is signed in. Sign in.' }),
      'Stopped: Nobody is signed in. Sign in.',
    );
  });

  it('leaves braces in a problem as they are', () => {
    const health: ViewHealth = { kind: 'stopped', problem: 'Bad body {0}.' };
    assert.equal(words(health), 'Stopped: Bad body {0}.');
  });

  it('ticks only where words change with time', () => {
    assert.ok(isTicking({ kind: 'live', lastEventAt: NOW }));
    assert.ok(isTicking({ kind: 'reconnecting', problem: '', nextAttemptAt: NOW }));
    assert.ok(!isTicking({ kind: 'live' }));
    assert.ok(!isTicking({ kind: 'connecting' }));
    assert.ok(!isTicking({ kind: 'stopped' }));
  });
});
