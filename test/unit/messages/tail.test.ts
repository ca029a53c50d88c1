import assert from 'node:assert/strict';
import { RingCentralError } from '../../../src/ringcentral';
import { answer } from '../ringcentral/fakes';
import { OWN, TailHarness } from './tailHarness';

describe('Tail', () => {
  let h: TailHarness;

  beforeEach(() => {
    h = new TailHarness({ backlog: 3 });
  });

  afterEach(async () => {
    h.tail.dispose();
    await h.clock.advance(0);
    assert.equal(h.clock.pending, 0, 'every timer is stopped');
  });

  describe('shows the chat', () => {
    it('with the newest posts first read, oldest on top, by name', async () => {
      for (const text of ['a', 'b', 'c', 'd']) h.write(text);
      h.write('e', 'glip-3');
      h.write('f', OWN);
      await h.live();
      assert.deepEqual(h.texts, ['d', 'e', 'f']);
      const [d, e, f] = h.tail.rows;
      assert.deepEqual([d?.authorName, d?.isGuest, d?.isOwn], ['Ann Other', false, false]);
      assert.deepEqual([e?.authorName, e?.isGuest, e?.isOwn], ['Gus Guest', true, false]);
      assert.deepEqual([f?.authorName, f?.isGuest, f?.isOwn], ['Own Person', false, true]);
      assert.equal(d?.chatId, '900');
      assert.equal(d.state, 'posted');
      assert.equal(d.createdAt, h.posts[3]?.creationTime);
    });

    it('in one batch that already has the names', async () => {
      h.write('a');
      h.write('b', OWN);
      await h.live();
      assert.deepEqual(
        h.batches.map((rows) => rows.map((row) => row.authorName)),
        [['Ann Other', 'Own Person']],
      );
      assert.equal(h.http.count('GET', /persons/), 1);
    });

    it('subscribing before it reads, so that nothing falls in between', async () => {
      h.write('before');
      void h.tail.start();
      await h.clock.advance(0);
      assert.equal(h.reads, 0);
      h.gateway.latest.greetAndAccept();
      await h.clock.advance(0);
      assert.equal(h.reads, 1);
      assert.equal(h.tail.health.kind, 'live');
    });

    it('without a hole and without a double when posts come while the backlog is read', async () => {
      h.write('old');
      let release = (): void => undefined;
      h.http.on('GET', /posts\?/, async (request) => {
        const page = h.page(request);
        await new Promise<void>((go) => (release = go));
        return page;
      });
      const started = h.live();
      await h.clock.advance(0);
      await started;
      h.tell('PostAdded', h.write('new, told, not in the page'));
      const both = h.write('new');
      h.tell('PostAdded', both);
      h.tell('PostAdded', both);
      release();
      await h.clock.advance(0);
      assert.deepEqual(h.texts, ['old', 'new, told, not in the page', 'new']);
      assert.equal(new Set(h.tail.rows.map(({ id }) => id)).size, 3);
    });

    it('and resolves its start once the backlog is there', async () => {
      h.write('a');
      let isStarted = false;
      void h.tail.start().then(() => (isStarted = true));
      await h.clock.advance(0);
      assert.equal(isStarted, false);
      h.gateway.latest.greetAndAccept();
      await h.clock.advance(0);
      assert.equal(isStarted, true);
    });

    it('with only new posts where no backlog is wanted', async () => {
      h = new TailHarness({ backlog: 0 });
      const old = h.write('old');
      await h.live();
      h.tell('PostChanged', h.change(old, 'old, edited'));
      h.tell('PostAdded', h.write('new'));
      await h.reconnect(() => h.write('missed'));
      assert.deepEqual(h.texts, ['new', 'missed']);
    });
  });

  describe('follows', () => {
    it('posts as they are added, changed and removed', async () => {
      await h.live();
      const post = h.write('helo');
      h.tell('PostAdded', post);
      assert.deepEqual(h.texts, ['helo']);
      h.tell('PostChanged', h.change(post, 'hello'));
      assert.deepEqual(h.texts, ['hello (edited)']);
      assert.equal(h.tail.rows[0]?.editedAt, post.lastModifiedTime);
      h.tell('PostRemoved', { id: post.id });
      assert.deepEqual(h.texts, ['hello (deleted)']);
    });

    it('the one chat and no other, by either name of the event', async () => {
      const connection = await h.live();
      h.tell('PostAdded', h.write('other chat', '2', { groupId: '901' }));
      connection.notify('/restapi/v1.0/glip/posts', {
        ...h.write('older name'),
        eventType: 'PostAdded',
      });
      connection.notify(`/team-messaging/v1/posts?eventType=PostAdded`, h.write('in the filter'));
      connection.notify('/team-messaging/v1/chats', { id: '900', eventType: 'GroupChanged' });
      connection.notify('/restapi/v1.0/subscription/~?threshold=60', {});
      assert.deepEqual(h.texts, ['older name', 'in the filter']);
    });

    it('the order of creation, not that of arrival', async () => {
      await h.live();
      const [first, second] = [h.write('first'), h.write('second')];
      h.tell('PostAdded', second);
      h.tell('PostAdded', first);
      assert.deepEqual(h.texts, ['first', 'second']);
    });

    it('the newest version, though an older one comes late', async () => {
      await h.live();
      const post = h.write('one');
      const early = { ...post };
      h.tell('PostChanged', h.change(post, 'two'));
      h.tell('PostAdded', early);
      assert.deepEqual(h.texts, ['two (edited)']);
      h.tell('PostRemoved', { id: post.id });
      h.tell('PostChanged', h.change(post, 'three'));
      assert.deepEqual(h.texts, ['two (deleted)']);
    });

    it('a removal that is told before the page that still has the post', async () => {
      const post = h.write('gone');
      let release = (): void => undefined;
      h.http.on('GET', /posts\?/, async (request) => {
        const page = h.page(request);
        await new Promise<void>((go) => (release = go));
        return page;
      });
      await h.live();
      h.tell('PostRemoved', { id: post.id });
      release();
      await h.clock.advance(0);
      assert.deepEqual(h.texts, []);
    });

    it('and reads a post whose event lacks the text, or the chat', async () => {
      await h.live();
      const post = h.write('the whole text');
      h.tell('PostAdded', { ...post, text: null });
      const { id, creatorId } = h.write('no chat');
      h.tell('PostAdded', { id, creatorId, text: 'no chat' });
      h.tell('PostAdded', { id: '77', text: 'of another chat' });
      await h.clock.advance(0);
      assert.deepEqual(h.texts, ['the whole text', 'no chat']);
    });

    it('and shows what it has where even that reading fails', async () => {
      await h.live();
      h.http.on('GET', /posts\/\d+$/, () => answer(500));
      h.tell('PostAdded', { ...h.write('x'), text: null });
      await h.clock.advance(60_000);
      h.tell('PostAdded', { id: '77', text: 'perhaps of another chat' });
      await h.clock.advance(60_000);
      assert.deepEqual(h.texts, ['']);
      assert.equal(h.http.count('GET', /posts\/\d+$/), 8);
    });

    it('posts that have no text by nature, without reading them again', async () => {
      const connection = await h.live();
      const file = { attachments: [{ id: '5', type: 'File', name: 'plan.pdf' }] };
      connection.notify('/team-messaging/v1/posts', {
        ...h.write(null),
        ...file,
        eventType: 'PostAdded',
      });
      h.tell('PostAdded', h.write(null, '2', { type: 'PersonsAdded' }));
      assert.deepEqual(h.texts, ['[File] plan.pdf', 'added people to the chat']);
      assert.equal(h.http.count('GET', /posts\/\d+$/), 0);
    });

    it('and tells when it last heard of anything', async () => {
      await h.live();
      const since = h.clock.now();
      assert.deepEqual(h.tail.health, { kind: 'live', since });
      await h.clock.advance(7000);
      h.tell('PostAdded', h.write('x', '2', { groupId: '901' }));
      assert.deepEqual(h.tail.health, { kind: 'live', since, lastEventAt: since + 7000 });
    });

    it('who is own by the event where the extension could not be read', async () => {
      h.http.on('GET', /extension\/~$/, () => answer(403));
      const connection = await h.live();
      connection.notify('/team-messaging/v1/posts', {
        ...h.write('mine', OWN),
        eventType: 'PostAdded',
      });
      assert.equal(h.tail.rows[0]?.isOwn, true);
    });
  });

  it('keeps no more rows than it may, and lets no older post back in', async () => {
    h = new TailHarness({ backlog: 0 });
    await h.live();
    const first = h.write('first');
    h.tell('PostAdded', first);
    for (let i = 0; i < 5000; i++) h.tell('PostAdded', h.write(`row ${i}`));
    assert.equal(h.tail.rows.length, 5000);
    assert.equal(h.tail.rows[0]?.text, 'row 0');
    h.tell('PostChanged', h.change(first, 'first again'));
    assert.equal(h.tail.rows[0].text, 'row 0');
  });

  it('shows what can be read where nothing can be heard, and says what to do', async () => {
    h.write('a');
    h.http.on('POST', /wstoken$/, () =>
      answer(403, { errorCode: 'CMN-401', message: 'no', permissionName: 'WebSocket' }),
    );
    await h.tail.start();
    await h.clock.advance(0);
    assert.deepEqual(h.texts, ['a']);
    const { health } = h.tail;
    assert.ok(health.kind === 'stopped' && health.problem instanceof RingCentralError);
    assert.equal(health.problem.code, 'CMN-401');
  });

  it('stops where the chat cannot be read, and may be started again', async () => {
    let isMember = false;
    h.http.on('GET', /posts\?/, (request) =>
      isMember ? h.page(request) : answer(404, { errorCode: 'CMN-102' }),
    );
    await h.live();
    const { health } = h.tail;
    assert.ok(health.kind === 'stopped');
    assert.equal(health.problem?.code, 'CMN-102');
    assert.ok(h.gateway.latest.isClosed);
    isMember = true;
    h.write('welcome');
    await h.live();
    assert.deepEqual(h.texts, ['welcome']);
    assert.equal(h.tail.health.kind, 'live');
  });

  it('lets go of everything when it is disposed, and its start resolves', async () => {
    const started = h.tail.start();
    await h.clock.advance(0);
    h.tail.dispose();
    await started;
    assert.ok(h.gateway.latest.isClosed);
    assert.deepEqual(h.tail.health, { kind: 'stopped' });
    await h.tail.start();
    assert.equal(h.gateway.connections.length, 1);
  });
});
