import assert from 'node:assert/strict';
import { HumanError } from '../../../src/base/humanError';
import { RingCentralClient, RingCentralError } from '../../../src/ringcentral';
import { answer, FakeHttp, SERVER } from './fakes';

const CHATS = /^\/team-messaging\/v1\/chats/;

describe('RingCentralClient', () => {
  let http: FakeHttp;
  let token: string;
  let refreshes: number;
  let client: RingCentralClient;

  beforeEach(() => {
    http = new FakeHttp();
    token = 'token-1';
    refreshes = 0;
    client = new RingCentralClient({
      http,
      server: `${SERVER}/`,
      accessToken: () => Promise.resolve(token),
      refreshed: async () => {
        await new Promise(setImmediate);
        return (token = `token-${++refreshes + 1}`);
      },
    });
  });

  describe('reads records leniently', () => {
    it('makes ids text, whether they came as numbers or text', async () => {
      http.on('GET', /extension\/~$/, () => ({
        id: 62534323,
        extensionNumber: 101,
        account: { id: '5' },
      }));
      const extension = await client.extension();
      assert.equal(extension.id, '62534323');
      assert.equal(extension.extensionNumber, '101');
      assert.equal(extension.account?.id, '5');
    });

    it('takes null for absent, keeps unknown fields, and survives fields of the wrong kind', async () => {
      const post = {
        id: '1',
        text: null,
        attachments: null,
        creatorId: 7,
        mentions: 'no',
        newField: { a: 1 },
      };
      http.on('GET', CHATS, () => post);
      const read = await client.post('9', '1');
      assert.equal(read.text, undefined);
      assert.equal(read.attachments, undefined);
      assert.equal(read.mentions, undefined);
      assert.equal(read.creatorId, '7');
      assert.deepEqual(read.newField, { a: 1 });
    });

    it('leaves out records without an id, and null tokens', async () => {
      const navigation = { prevPageToken: 'older', nextPageToken: null };
      http.on('GET', CHATS, () => ({ records: [{ id: 1 }, { text: 'x' }, null], navigation }));
      const page = await client.posts('9');
      assert.deepEqual(
        page.records.map(({ id }) => id),
        ['1'],
      );
      assert.equal(page.prevPageToken, 'older');
      assert.ok(!('nextPageToken' in page));
    });

    it('says that a server is not RingCentral when it answers a page', async () => {
      http.on('GET', CHATS, () => answer(200, '<html>Welcome to the airport</html>'));
      await assert.rejects(client.chat('9'), (error) => {
        return (
          error instanceof HumanError &&
          error.message.includes('not RingCentral’s while reading the chat')
        );
      });
    });
  });

  describe('asks', () => {
    it('as RingCentral documents it', async () => {
      http.on('GET', CHATS, () => ({ records: [] }));
      http.on('POST', CHATS, () => answer(201, { id: '5', text: 'hi' }));
      await client.posts('12/3', { recordCount: 999, pageToken: 'a b' });
      await client.createPost('~', 'hi');
      const [list, create] = http.requests;
      assert.equal(
        list?.url,
        `${SERVER}/team-messaging/v1/chats/12%2F3/posts?recordCount=250&pageToken=a+b`,
      );
      assert.equal(list.headers?.authorization, 'Bearer token-1');
      assert.equal(create?.url, `${SERVER}/team-messaging/v1/chats/~/posts`);
      assert.equal(create.body, '{"text":"hi"}');
      assert.equal(create.headers?.['content-type'], 'application/json');
    });

    it('for every page of the chats, but not for ever', async () => {
      let page = 0;
      http.on('GET', CHATS, () => {
        page++;
        return {
          records: [{ id: page }],
          navigation: { nextPageToken: page < 3 ? `p${page}` : undefined },
        };
      });
      assert.deepEqual(
        (await client.chats({ types: ['Team', 'Direct'] })).map(({ id }) => id),
        ['1', '2', '3'],
      );
      assert.match(http.requests[0]!.url, /type=Team&type=Direct&recordCount=250$/);
      assert.match(http.requests[2]!.url, /pageToken=p2$/);

      http.on('GET', CHATS, () => ({
        records: [{ id: 1 }],
        navigation: { nextPageToken: `n${page++}` },
      }));
      const before = http.requests.length;
      await client.chats();
      assert.equal(http.requests.length - before, 20);
    });

    it('for people at most 30 at a time, each once', async () => {
      http.on('GET', /persons\/(.*)/, (_, match) =>
        match[1]!.split(',').map((id) => ({ resourceId: id, status: 200, body: { id } })),
      );
      const ids = Array.from({ length: 65 }, (_, i) => `glip-${i}`);
      const people = await client.persons([...ids, 'glip-0']);
      assert.equal(people.length, 65);
      assert.deepEqual(
        http.requests.map(({ url }) => url.split(',').length),
        [30, 30, 5],
      );
    });

    it('for a WebSocket token', async () => {
      http.on('POST', /wstoken$/, () => ({
        uri: 'wss://gw/ws',
        ws_access_token: 'one',
        expires_in: '30',
      }));
      assert.deepEqual(await client.webSocketToken(), {
        uri: 'wss://gw/ws',
        token: 'one',
        expiresInSeconds: 30,
      });
    });
  });

  describe('reads several people', () => {
    const found = async (response: unknown): Promise<string[]> => {
      http.on('GET', /persons/, () => response);
      return (await client.persons(['1', '2'])).map(({ id }) => id);
    };

    it('from 207 as JSON, without those that failed', async () => {
      const parts = [
        { resourceId: '1', status: 200, body: { id: 1, firstName: 'Ann' } },
        { resourceId: '2', status: 404, body: { errorCode: 'CMN-102', message: 'not found' } },
      ];
      assert.deepEqual(await found(answer(207, parts)), ['1']);
    });

    it('from 207 as multipart/mixed', async () => {
      const part = (body: unknown): string =>
        `--B_1\r\nContent-Type: application/json\r\n\r\n${JSON.stringify(body)}\r\n`;
      const status = { response: [{ status: 200 }, { status: 200 }] };
      const text = `${part(status)}${part({ id: '1' })}${part({ id: '2' })}--B_1--`;
      const type = { 'content-type': 'multipart/mixed; boundary=B_1' };
      assert.deepEqual(await found(answer(207, text, type)), ['1', '2']);
    });

    it('from a single record, an array, or a list', async () => {
      assert.deepEqual(await found({ id: '1' }), ['1']);
      assert.deepEqual(await found([{ id: '1' }, { id: '2' }]), ['1', '2']);
      assert.deepEqual(await found({ records: [{ id: '2' }] }), ['2']);
      assert.deepEqual(await found(answer(200, 'nonsense')), []);
    });
  });

  describe('when RingCentral answers 401', () => {
    const only = (good: string) => (request: { headers?: Record<string, string> }) =>
      request.headers?.authorization === `Bearer ${good}` ? { id: '9' } : answer(401, {});

    it('has the token refreshed and tries once more', async () => {
      http.on('GET', CHATS, only('token-2'));
      assert.equal((await client.chat('9')).id, '9');
      assert.equal(refreshes, 1);
    });

    it('gives up when the new token is refused too', async () => {
      http.on('GET', CHATS, () => answer(401, { errors: [{ errorCode: 'OAU-128' }] }));
      await assert.rejects(
        client.chat('9'),
        (error) => error instanceof RingCentralError && error.status === 401,
      );
      assert.equal(http.requests.length, 2);
      assert.equal(refreshes, 1);
    });

    it('refreshes once for all requests that failed together', async () => {
      http.on('GET', CHATS, only('token-2'));
      await Promise.all(['1', '2', '3', '4'].map((id) => client.chat(id)));
      assert.equal(refreshes, 1);
    });

    it('does not refresh again for a request that left with the token before', async () => {
      http.on('GET', CHATS, (request) => {
        token = 'token-9';
        return only('token-9')(request);
      });
      await client.chat('9');
      assert.equal(refreshes, 0);
    });

    it('says so at once where nothing can be refreshed, as for a bot', async () => {
      const bot = new RingCentralClient({
        http,
        server: SERVER,
        accessToken: () => Promise.resolve('t'),
      });
      http.on('GET', CHATS, () => answer(401, {}));
      await assert.rejects(bot.chat('9'), RingCentralError);
      assert.equal(http.requests.length, 1);
    });
  });

  it('leaves the decision about 429 to its caller', async () => {
    http.on('GET', CHATS, () => answer(429, { errorCode: 'CMN-301' }, { 'retry-after': '12' }));
    await assert.rejects(client.chat('9'), (error) => {
      return error instanceof RingCentralError && error.retryAfterMs === 12_000;
    });
    assert.equal(http.requests.length, 1);
  });
});
