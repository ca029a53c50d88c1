import assert from 'node:assert/strict';
import { Announcements } from '../../../src/workbench/messagesView/browser/announcements';
import { FakeClock } from '../fakeClock';
import { aRow, english } from './english';

describe('What a screen reader is told', () => {
  let clock: FakeClock;
  let said: string[];
  let announcements: Announcements;

  beforeEach(() => {
    clock = new FakeClock();
    said = [];
    announcements = new Announcements({
      clock,
      say: (text) => said.push(text),
      textOf: (row) => row.text,
    });
  });

  it('is one new message with its author and text', async () => {
    announcements.rows([aRow({ text: 'Good morning' })], english);
    await clock.advance(0);
    assert.deepEqual(said, ['Alice Martin: Good morning']);
  });

  it('is a burst in one sentence, and nothing more for three seconds', async () => {
    announcements.rows([aRow(), aRow({ id: '2' })], english);
    await clock.advance(0);
    for (let i = 0; i < 10; i++) {
      announcements.rows([aRow({ id: `b${i}`, authorName: `Person ${i}` })], english);
      await clock.advance(200);
    }
    assert.deepEqual(said, ['2 new messages, the newest from Alice Martin.']);
    await clock.advance(1000);
    assert.equal(said[1], '10 new messages, the newest from Person 9.');
    await clock.advance(60_000);
    assert.equal(said.length, 2);
  });

  it('is the newest state of the tail, before messages', async () => {
    announcements.status('Connecting…');
    announcements.status('Live · no event yet');
    announcements.rows([aRow()], english);
    await clock.advance(0);
    assert.deepEqual(said, ['Live · no event yet Alice Martin: Hello']);
  });

  it('is nothing any more after disposal', async () => {
    announcements.rows([aRow()], english);
    announcements.dispose();
    await clock.advance(10_000);
    assert.deepEqual(said, []);
    assert.equal(clock.pending, 0);
  });
});
