import assert from 'node:assert/strict';
import { systemClock } from '../../src/base/clock';
import { silentLog } from '../../src/base/log';
import { Redactor } from '../../src/base/redact';
import { HttpClient } from '../../src/http';
import { Tail, type MessageRow, type TailHealth } from '../../src/messages';
import { OAuthClient, RingCentralClient, RingCentralError } from '../../src/ringcentral';
import type { Simulator } from '../../src/simulator';
import { command, practise } from './practice';

/** Our clients and the simulator were written from the same documents by different hands. */
describe('The clients against the simulator', () => {
  let simulator: Simulator;
  let http: HttpClient;
  let client: RingCentralClient;
  let chatId: string;
  let token: string;

  before(async () => {
    simulator = await practise();
    http = new HttpClient({ log: silentLog, redactor: new Redactor() });
    const { server, clientId, clientSecret, jwt } = simulator.details();
    const oauth = new OAuthClient({ http, server, clientId, clientSecret });
    token = (await oauth.jwt(jwt)).accessToken;
    client = newClient();
    // The limits themselves are shown elsewhere; five a minute would make these tests slow.
    await control('rateLimits', { enabled: false });
    ({ chatId } = simulator.details());
  });

  after(async () => {
    await http.dispose();
    await simulator.close();
  });

  const newClient = (accessToken = token): RingCentralClient => {
    const { server } = simulator.details();
    return new RingCentralClient({ http, server, accessToken: () => Promise.resolve(accessToken) });
  };

  const control = async (name: string, params: Record<string, unknown> = {}): Promise<void> => {
    const told = await command(simulator, name, params);
    assert.ok('ok' in told, JSON.stringify(told));
  };

  describe('RingCentralClient', () => {
    it('reads who is signed in, the chats, and one of them', async () => {
      const me = await client.extension();
      assert.match(me.id, /^\d+$/);
      assert.ok(me.name);
      const chats = await client.chats();
      assert.ok(chats.some(({ id }) => id === chatId));
      assert.equal((await client.chat(chatId)).id, chatId);
    });

    it('posts, and reads the post back', async () => {
      const post = await client.createPost(chatId, 'a post of the client');
      assert.equal(post.groupId, chatId);
      assert.equal(post.creatorId, (await client.extension()).id);
      assert.equal((await client.post(chatId, post.id)).text, 'a post of the client');
      const { records } = await client.posts(chatId, { recordCount: 1 });
      assert.deepEqual(
        records.map(({ id }) => id),
        [post.id],
        'the newest comes first',
      );
    });

    it('walks from the newest posts to the oldest by a token', async () => {
      for (let i = 0; i < 5; i++) await client.createPost(chatId, `page ${i}`);
      const first = await client.posts(chatId, { recordCount: 2 });
      const pageToken = first.prevPageToken ?? assert.fail('no token for older posts');
      const second = await client.posts(chatId, { recordCount: 2, pageToken });
      const texts = [...first.records, ...second.records].map(({ text }) => text);
      assert.deepEqual(texts, ['page 4', 'page 3', 'page 2', 'page 1']);
    });

    it('reads the names of several people, though one does not exist', async () => {
      const me = await client.extension();
      const { members = [] } = await client.chat(chatId);
      const ids = members.map(({ id }) => id);
      assert.ok(ids.includes(me.id));
      const people = await client.persons([...ids, '999999999']);
      assert.deepEqual(people.map(({ id }) => id).sort(), [...ids].sort());
      assert.ok(people.every(({ firstName }) => firstName));
    });

    it('gets over a token that died', async () => {
      const { server, clientId, clientSecret, jwt } = simulator.details();
      const oauth = new OAuthClient({ http, server, clientId, clientSecret });
      let current = (await oauth.jwt(jwt)).accessToken;
      await oauth.revoke(current);
      const sleeper = new RingCentralClient({
        http,
        server,
        accessToken: () => Promise.resolve(current),
        refreshed: async () => (current = (await oauth.jwt(jwt)).accessToken),
      });
      assert.equal((await sleeper.chat(chatId)).id, chatId);
    });

    it('is told in words what is wrong', async () => {
      await assert.rejects(client.chat('123'), (error) => {
        return (
          error instanceof RingCentralError && error.status === 404 && error.code === 'CMN-102'
        );
      });
      const stranger = newClient('x');
      await assert.rejects(stranger.extension(), (error) => {
        return error instanceof RingCentralError && error.status === 401;
      });
    });
  });

  describe('Tail', () => {
    let tail: Tail;
    let told: string[];

    beforeEach(() => {
      told = [];
      // A client of its own, for each keeps to five sockets a minute.
      const own = newClient();
      tail = new Tail({
        client: own,
        chatId,
        clock: systemClock,
        log: { ...silentLog, info: (line) => told.push(line) },
        backlog: 2,
      });
    });

    afterEach(() => tail.dispose());

    const row = (matches: (row: MessageRow) => boolean): Promise<MessageRow> => {
      const known = tail.rows.find(matches);
      if (known) return Promise.resolve(known);
      return new Promise((resolve) => {
        const listener = tail.onRows((rows) => {
          const found = rows.find(matches);
          if (!found) return;
          listener.dispose();
          resolve(found);
        });
      });
    };

    const health = (kind: TailHealth['kind']): Promise<void> => {
      if (tail.health.kind === kind) return Promise.resolve();
      return new Promise((resolve) => {
        const listener = tail.onHealth((now) => {
          if (now.kind !== kind) return;
          listener.dispose();
          resolve();
        });
      });
    };

    it('shows the backlog, then what is posted, by whom', async () => {
      await client.createPost(chatId, 'before the tail');
      await tail.start();
      assert.equal(tail.health.kind, 'live');
      assert.equal(tail.rows.at(-1)?.text, 'before the tail');
      assert.equal(tail.rows.length, 2);
      await control('post', { text: 'hello from a guest' });
      // The name follows when it has been looked up.
      const guest = await row(({ text, authorName, authorId }) => {
        return text === 'hello from a guest' && authorName !== authorId;
      });
      assert.ok(guest.isGuest);
      assert.ok(!guest.isOwn);
      await client.createPost(chatId, 'and of my own');
      assert.ok((await row(({ text }) => text === 'and of my own')).isOwn);
    });

    it('follows a post that is edited and removed', async () => {
      await tail.start();
      const { id } = await client.createPost(chatId, 'tpyo');
      await row(({ text }) => text === 'tpyo');
      const url = `${client.server}/team-messaging/v1/chats/${chatId}/posts/${id}`;
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      await fetch(url, { method: 'PATCH', headers, body: '{"text":"typo"}' });
      assert.equal((await row((each) => each.id === id && each.state === 'edited')).text, 'typo');
      await fetch(url, { method: 'DELETE', headers });
      assert.equal((await row((each) => each.id === id && each.state === 'deleted')).text, 'typo');
    });

    for (const { way, seconds, end } of [
      { way: 'and its session is recovered', seconds: 1, end: 'gateway: session recovered' },
      { way: 'and its session is forgotten', seconds: 200, end: 'gateway: subscribed' },
    ])
      it(`misses nothing and shows nothing twice when its socket is dropped ${way}`, async () => {
        await tail.start();
        await control('post', { text: 'before the drop' });
        await row(({ text }) => text === 'before the drop');
        const dropped = health('reconnecting');
        await control('dropSockets');
        await dropped;
        await control('post', { text: 'while it was gone' });
        await control('warp', { seconds });
        await health('live');
        await control('post', { text: 'after it came back' });
        await row(({ text }) => text === 'after it came back');
        assert.equal(told.at(-1), end);
        const texts = tail.rows.map(({ text }) => text).slice(-3);
        assert.deepEqual(texts, ['before the drop', 'while it was gone', 'after it came back']);
        assert.equal(new Set(tail.rows.map(({ id }) => id)).size, tail.rows.length);
      }).timeout(10_000);

    it('keeps trying while the server has faults, and catches up', async () => {
      await tail.start();
      const dropped = health('reconnecting');
      await control('dropSockets');
      await dropped;
      await control('post', { text: 'missed in bad times' });
      await control('warp', { seconds: 200 });
      await control('failNext', { count: 1, status: 503, path: '/team-messaging' });
      await row(({ text }) => text === 'missed in bad times');
      await health('live');
    }).timeout(10_000);

    it('stops with words for people when its sign-in is over', async () => {
      const stranger = newClient('x');
      tail.dispose();
      tail = new Tail({ client: stranger, chatId, clock: systemClock, log: silentLog });
      await tail.start();
      await health('stopped');
      const { health: end } = tail;
      assert.ok(end.kind === 'stopped' && end.problem instanceof RingCentralError);
      assert.ok(end.problem.remedy);
    });
  });
});
