import assert from 'node:assert/strict';
import { HumanError } from '../../../src/base/humanError';
import type { MessageRow } from '../../../src/messages';
import { Outbox } from '../../../src/workbench/messagesView/outbox';
import type { UpdateMessage } from '../../../src/workbench/messagesView/protocol';
import { FakeClock } from '../fakeClock';

const message = (id: string, text = 'Hello'): MessageRow => ({
  id,
  chatId: '1',
  authorId: '500',
  authorName: 'Alice',
  isGuest: false,
  text,
  createdAt: '2026-01-01T12:00:00.000Z',
  state: 'posted',
  isOwn: false,
  post: { id },
});
const tail = { appName: 'App', chatName: 'Chat', health: { kind: 'connecting' as const } };

describe('The outbox to the Messages page', () => {
  let clock: FakeClock;
  let sent: UpdateMessage[];
  let outbox: Outbox;

  beforeEach(() => {
    clock = new FakeClock();
    sent = [];
    outbox = new Outbox({ clock, post: (update) => sent.push(update) });
  });

  it('sends the first update at once and never more than twenty in a second', async () => {
    const end = clock.now() + 1000;
    for (let i = 0; i < 1000; i++) {
      outbox.add({ rows: [message(String(i))] });
      await clock.advance(1);
    }
    assert.equal(sent[0]?.rows?.length, 1);
    assert.ok(sent.filter(({ sentAt }) => sentAt < end).length <= 20);
    await clock.advance(50);
    assert.equal(sent.flatMap(({ rows }) => rows ?? []).length, 1000);
    assert.equal(clock.pending, 0);
  });

  it('sends a row that changed twice once, as it became', async () => {
    outbox.add({});
    outbox.add({ rows: [message('1', 'first')] });
    outbox.add({ rows: [message('1', 'second'), message('2')] });
    await clock.advance(50);
    assert.deepEqual(
      sent[1]?.rows?.map(({ text }) => text),
      ['second', 'Hello'],
    );
  });

  it('forgets what was before a tail was cleared', async () => {
    outbox.add({});
    outbox.add({ rows: [message('1')], health: { kind: 'live', since: 1 } });
    outbox.add({ cleared: true, tail });
    outbox.add({ rows: [message('2')] });
    await clock.advance(50);
    const { sentAt, ...update } = sent[1]!;
    assert.equal(sentAt, clock.now());
    assert.deepEqual(
      update.rows?.map(({ id }) => id),
      ['2'],
    );
    assert.equal(update.cleared, true);
    assert.deepEqual(update.tail, tail);
    assert.equal(update.health, undefined);
  });

  it('lets the newest health win over the one that came with the tail, and the other way round', async () => {
    outbox.add({});
    outbox.add({ health: { kind: 'live', since: 1 } });
    outbox.add({ tail });
    await clock.advance(50);
    assert.equal(sent[1]?.health, undefined);
    outbox.add({ tail });
    outbox.add({ health: { kind: 'live', since: 1, lastEventAt: 7 } });
    await clock.advance(50);
    assert.deepEqual(sent[2]?.health, { kind: 'live', lastEventAt: 7 });
  });

  it('turns an error into its sentence and remedy', () => {
    const problem = new HumanError('Nobody is signed in.', { remedy: 'Sign in.', code: 'OAU-1' });
    outbox.add({ health: { kind: 'stopped', problem } });
    assert.deepEqual(sent[0]?.health, {
      kind: 'stopped',
      problem: 'Nobody is signed in (OAU-1). Sign in.',
    });
  });

  it('holds a bounded number of rows', async () => {
    const small = new Outbox({ clock, post: (update) => sent.push(update), mostRows: 3 });
    small.add({});
    small.add({ rows: ['1', '2', '3', '4', '5'].map((id) => message(id)) });
    await clock.advance(50);
    assert.deepEqual(
      sent[1]?.rows?.map(({ id }) => id),
      ['3', '4', '5'],
    );
  });

  it('sends nothing that waited when it is cleared or disposed', async () => {
    outbox.add({});
    outbox.add({ rows: [message('1')] });
    outbox.clear();
    await clock.advance(100);
    outbox.add({ rows: [message('2')] });
    outbox.add({ rows: [message('3')] });
    outbox.dispose();
    await clock.advance(100);
    assert.equal(sent.length, 2);
    assert.equal(clock.pending, 0);
  });
});
