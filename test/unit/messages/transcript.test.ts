import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { silentLog } from '../../../src/base/log';
import { assumptions } from '../../../src/messages/assumptions';
import type { MessageRow } from '../../../src/messages';
import { People } from '../../../src/messages/people';
import { readPostEvent } from '../../../src/messages/postEvent';
import { compare } from '../../../src/messages/rowStore';
import { Transcript } from '../../../src/messages/transcript';
import { readPost, type Person, type Post } from '../../../src/ringcentral';
import { readEvent } from '../../../src/ringcentral/gateway/gatewayEvent';
import { FakeClock } from '../fakeClock';
import { skipBecause } from '../../skip';

const EXAMPLES = join(
  process.env.BOT_CHANNELS_EXAMPLES ?? '../shared/examples',
  'ringcentral/events',
);

describe('Transcript', () => {
  let clock: FakeClock;
  let batches: (readonly MessageRow[])[];
  let transcript: Transcript;
  let lookUp: Promise<Person[]>;

  beforeEach(() => {
    clock = new FakeClock();
    batches = [];
    lookUp = Promise.resolve([{ id: '2', firstName: 'Ann' }]);
    const people = new People({ client: { persons: () => lookUp }, clock, log: silentLog });
    transcript = new Transcript({ chatId: '9', clock, people, assumed: assumptions, mostRows: 4 });
    transcript.onRows((rows) => batches.push(rows));
  });

  afterEach(() => transcript.dispose());

  const post = (id: string, at: number, more: Record<string, unknown> = {}): Post => {
    const creationTime = new Date(at).toISOString();
    return (
      readPost({ id, creatorId: '2', text: `text ${id}`, creationTime, ...more }) ?? assert.fail()
    );
  };

  const ids = (): string[] => transcript.rows.map(({ id }) => id);

  it('tells changes in one batch, each row once and in its last state', async () => {
    transcript.put(post('2', 2000));
    transcript.put(post('1', 1000));
    transcript.put(
      post('2', 2000, { text: 'new', lastModifiedTime: new Date(3000).toISOString() }),
    );
    await clock.advance(0);
    assert.deepEqual(
      batches.map((rows) => rows.map(({ id, text, authorName }) => [id, text, authorName])),
      [
        [
          ['1', 'text 1', 'Ann'],
          ['2', 'new', 'Ann'],
        ],
      ],
    );
  });

  it('says nothing of what did not change', async () => {
    transcript.put(post('1', 1000));
    await clock.advance(0);
    transcript.put(post('1', 1000));
    await clock.advance(5000);
    assert.equal(batches.length, 1);
  });

  it('waits for a name no longer than a second, and tells again when it comes', async () => {
    let found: (people: Person[]) => void = () => undefined;
    lookUp = new Promise((resolve) => (found = resolve));
    transcript.put(post('1', 1000));
    await clock.advance(999);
    assert.equal(batches.length, 0);
    await clock.advance(1);
    assert.equal(batches[0]?.[0]?.authorName, '2');
    found([{ id: '2', firstName: 'Ann', lastName: 'Other' }]);
    await clock.advance(0);
    assert.equal(batches[1]?.[0]?.authorName, 'Ann Other');
    assert.equal(transcript.rows[0]?.authorName, 'Ann Other');
  });

  it('tells who is own anew when that is known', async () => {
    transcript.put(post('1', 1000));
    await clock.advance(0);
    transcript.setOwnId('2');
    await clock.advance(0);
    assert.deepEqual(
      batches.map((rows) => rows[0]?.isOwn),
      [false, true],
    );
  });

  it('orders posts of one millisecond by id, as numbers', () => {
    for (const id of ['10', '9', '100']) transcript.put(post(id, 1000));
    assert.deepEqual(ids(), ['9', '10', '100']);
    assert.ok(compare(transcript.rows[0]!, transcript.rows[0]!) === 0);
  });

  it('keeps the newest rows only', () => {
    for (const at of [5, 1, 3, 2, 6, 4]) transcript.put(post(`${at}`, at * 1000));
    assert.deepEqual(ids(), ['3', '4', '5', '6']);
    transcript.put(post('2', 2000));
    assert.deepEqual(ids(), ['3', '4', '5', '6']);
  });

  it('does not take rows for removed that the reading did not reach', () => {
    for (const at of [1, 2, 3]) transcript.put(post(`${at}`, at * 1000));
    transcript.mend([post('3', 3000)], transcript.bookmark());
    assert.deepEqual(
      transcript.rows.map(({ state }) => state),
      ['posted', 'posted', 'posted'],
    );
    transcript.mend([post('1', 1000), post('3', 3000)], transcript.bookmark());
    assert.deepEqual(
      transcript.rows.map(({ state }) => state),
      ['posted', 'deleted', 'posted'],
    );
    transcript.mend([], transcript.bookmark());
    assert.equal(transcript.rows[2]?.state, 'posted');
  });

  it('gives a post without a time the time it was heard of, once', async () => {
    transcript.put(readPost({ id: '1', text: 'a' }) ?? assert.fail());
    const { createdAt } = transcript.rows[0]!;
    assert.equal(createdAt, new Date(clock.now()).toISOString());
    await clock.advance(9000);
    transcript.put(readPost({ id: '1', text: 'b' }) ?? assert.fail());
    assert.equal(transcript.rows[0]?.createdAt, createdAt);
    assert.equal(transcript.rows[0].text, 'b');
  });

  it('reads the events RingCentral publishes', function () {
    if (!existsSync(EXAMPLES))
      skipBecause(this, 'the published payloads are not here (BOT_CHANNELS_EXAMPLES)');
    const read = (name: string): unknown => JSON.parse(readFileSync(join(EXAMPLES, name), 'utf8'));
    const [added, changed, removed] = ['post-1.json', 'post-2.json', 'post-3.json'].map((name) => {
      return readPostEvent(readEvent(read(name)) ?? assert.fail()) ?? assert.fail();
    });
    assert.deepEqual([added?.kind, changed?.kind, removed?.kind], ['added', 'changed', 'removed']);
    assert.equal(added?.chatId, '995723345922');
    assert.equal(removed?.chatId, undefined);
    transcript.put(added.post);
    transcript.put(changed!.post);
    transcript.remove(removed!.post.id);
    assert.deepEqual(
      transcript.rows.map(({ text, state }) => [text, state]),
      [
        ['Hello, World!', 'deleted'],
        ['Hello, World :)', 'edited'],
      ],
    );
    assert.equal(readPostEvent(readEvent(read('extension-info.json')) ?? assert.fail()), undefined);
  });
});
