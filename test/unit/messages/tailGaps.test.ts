import assert from 'node:assert/strict';
import { answer } from '../ringcentral/fakes';
import { TailHarness } from './tailHarness';

describe('Tail across a gap', () => {
  let h: TailHarness;

  beforeEach(() => {
    h = new TailHarness({ backlog: 3 });
  });

  afterEach(() => h.tail.dispose());

  it('reads what it missed when the session could not be recovered', async () => {
    h.write('a');
    await h.live();
    await h.reconnect(() => {
      h.write('b, missed');
      h.write('c, missed');
    });
    assert.deepEqual(h.texts, ['a', 'b, missed', 'c, missed']);
    assert.equal(h.tail.health.kind, 'live');
  });

  it('reads nothing when the session was recovered: the events come again', async () => {
    h.write('a');
    await h.live();
    const before = h.reads;
    await h.reconnect(() => undefined, { recoveryState: 'Successful' });
    h.tell('PostAdded', h.write('b, told again'));
    assert.equal(h.reads, before);
    assert.deepEqual(h.texts, ['a', 'b, told again']);
    assert.equal(h.tail.health.kind, 'live');
  });

  it('reads all the same when more was missed than the server remembers', async () => {
    h.write('a');
    await h.live();
    const missed = [0, 1, 2, 3, 4].map((i) => `missed ${i}`);
    await h.reconnect(() => undefined, { recoveryState: 'Successful', recoveryBufferSize: 2 });
    const posts = missed.map((text) => h.write(text));
    for (const post of posts.slice(-2)) h.tell('PostAdded', post);
    await h.clock.advance(0);
    assert.deepEqual(h.texts, ['a', ...missed]);
  });

  it('reads page after page until it meets what it knows, whichever token leads there', async () => {
    for (const older of ['prevPageToken', 'nextPageToken'] as const) {
      h = new TailHarness({ backlog: 3 });
      h.older = older;
      for (let i = 0; i < 500; i++) h.write(`before ${i}`);
      await h.live();
      await h.reconnect(() => {
        for (let i = 0; i < 250; i++) h.write(`missed ${i}`);
      });
      assert.equal(h.tail.rows.length, 253, older);
      assert.deepEqual(h.texts.slice(0, 4), ['before 497', 'before 498', 'before 499', 'missed 0']);
      assert.equal(h.reads, 1 + 3, 'three pages of a hundred');
      h.tail.dispose();
    }
  });

  it('learns of edits and removals that nobody told', async () => {
    const [kept, edited, removed] = [h.write('kept'), h.write('edit me'), h.write('remove me')];
    await h.live();
    await h.reconnect(() => {
      h.change(edited, 'edit done');
      h.removeFrom(removed);
      h.write('new');
    });
    assert.deepEqual(h.texts, ['kept', 'edit done (edited)', 'remove me (deleted)', 'new']);
    assert.equal(kept.text, 'kept');
  });

  it('does not take for removed what came by event while it read', async () => {
    h.write('a');
    await h.live();
    let release = (): void => undefined;
    h.http.on('GET', /posts\?/, async (request) => {
      const page = h.page(request);
      await new Promise<void>((go) => (release = go));
      return page;
    });
    await h.reconnect(() => undefined);
    h.tell('PostAdded', h.write('b'));
    release();
    await h.clock.advance(0);
    assert.deepEqual(h.texts, ['a', 'b']);
  });

  it('finds everything in a chat that was empty before', async () => {
    await h.live();
    await h.reconnect(() => {
      for (let i = 0; i < 120; i++) h.write(`${i}`);
    });
    assert.equal(h.tail.rows.length, 120);
  });

  it('is not live before the gap is closed, and tries again when reading fails', async () => {
    h.write('a');
    await h.live();
    let failures = 2;
    h.http.on('GET', /posts\?/, (request) => (failures-- > 0 ? answer(503) : h.page(request)));
    await h.reconnect(() => h.write('b'));
    const { health } = h.tail;
    assert.ok(health.kind === 'reconnecting');
    assert.match(health.problem, /answered 503/);
    assert.equal(health.nextAttemptAt, h.clock.now() + 1000);
    await h.clock.advance(1000);
    assert.equal(h.tail.health.kind, 'reconnecting');
    await h.clock.advance(2000);
    assert.equal(h.tail.health.kind, 'live');
    assert.deepEqual(h.texts, ['a', 'b']);
  });

  it('waits as long as RingCentral asks for before it reads again', async () => {
    let isLimited = true;
    h.http.on('GET', /posts\?/, (request) => {
      return isLimited
        ? answer(429, { errorCode: 'CMN-301' }, { 'retry-after': '40' })
        : h.page(request);
    });
    h.write('a');
    await h.live();
    isLimited = false;
    const before = h.reads;
    await h.clock.advance(39_000);
    assert.equal(h.reads, before);
    await h.clock.advance(1000);
    assert.deepEqual(h.texts, ['a']);
  });

  it('still closes it when the connection is lost again before it could', async () => {
    h.write('a');
    await h.live();
    let isDown = true;
    h.http.on('GET', /posts\?/, (request) => (isDown ? answer(503) : h.page(request)));
    await h.reconnect(() => h.write('b'));
    // The new session is recovered, but what was missed before it is still missing.
    isDown = false;
    h.gateway.latest.cut();
    await h.clock.advance(2500);
    h.gateway.latest.greet({ recoveryState: 'Successful' });
    await h.clock.advance(0);
    assert.deepEqual(h.texts, ['a', 'b']);
    assert.equal(h.tail.health.kind, 'live');
  });

  it('shows the backlog while it waits for the network of its first connection', async () => {
    h.write('a');
    void h.tail.start();
    await h.clock.advance(0);
    h.gateway.latest.cut();
    await h.clock.advance(0);
    assert.deepEqual(h.texts, ['a']);
    const more = ['b', 'c', 'd', 'e', 'f'];
    for (const text of more) h.write(text);
    await h.clock.advance(1500);
    h.gateway.latest.greetAndAccept();
    await h.clock.advance(0);
    assert.deepEqual(h.texts, ['a', ...more]);
  });

  it('catches up after the machine slept', async () => {
    h.write('a');
    await h.live();
    h.write('written while asleep');
    await h.clock.sleep(3_600_000);
    h.gateway.latest.greetAndAccept();
    await h.clock.advance(0);
    assert.deepEqual(h.texts, ['a', 'written while asleep']);
    assert.equal(h.gateway.connections.length, 2);
  });
});
