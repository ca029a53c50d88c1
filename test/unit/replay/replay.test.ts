import assert from 'node:assert/strict';
import { systemClock } from '../../../src/base/clock';
import { HumanError } from '../../../src/base/humanError';
import { EnvironmentVault, type CaptureEntry } from '../../../src/captures';
import { replay, type ReplayOptions, type ReplayResult } from '../../../src/replay';
import { filterOf } from '../../../src/replay/filter';
import { entryOf } from '../captures/entries';
import { RecorderHarness } from '../captures/recorderHarness';
import { OK, talk, wireAnswer, wireBot, wireRequest, type WireBot } from '../captures/wireEnds';
import { FakeClock } from '../fakeClock';

describe('Replaying', () => {
  let bot: WireBot;
  let results: ReplayResult[];
  beforeEach(() => (results = []));
  afterEach(() => bot.close());

  const options = (given: Partial<ReplayOptions> = {}): ReplayOptions => ({
    target: bot.url,
    speed: 'max',
    concurrency: 1,
    vault: new EnvironmentVault({}),
    clock: systemClock,
    onResult: (result) => results.push(result),
    ...given,
  });
  const text = (body: string): NonNullable<CaptureEntry['request']['postData']> => ({
    mimeType: 'text/plain',
    text: body,
  });
  const numbered = (count: number, conversations = 1): CaptureEntry[] =>
    Array.from({ length: count }, (_, i) =>
      entryOf({
        _id: `e${i}`,
        _seq: i + 1,
        _conversation: `c${i % conversations}`,
        startedDateTime: new Date(i * 100).toISOString(),
        request: { url: `http://bot.test/${i}`, postData: text(String(i)) },
      }),
    );

  it('sends request line, headers and body as recorded, but for those of the connection', async () => {
    bot = await wireBot(() => OK);
    const headers = [
      ['Host', 'tunnel.example'],
      ['X-Dup', '1'],
      ['x-dup', 'caf\xe9'],
      ['Connection', 'close, X-Hop'],
      ['X-Hop', '1'],
      ['Transfer-Encoding', 'chunked'],
      ['Content-Length', '999'],
      ['Expect', '100-continue'],
      ['X-DUP', ''],
    ].map(([name = '', value = '']) => ({ name, value }));
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, i) => i));
    const postData = {
      mimeType: 'x',
      text: bytes.toString('base64'),
      _encoding: 'base64' as const,
    };
    const request = { url: 'http://tunnel.example/a/../b?x=%2f', headers, postData };
    await replay([entryOf({ request })], options());
    assert.deepEqual(bot.requests[0]?.head, [
      'POST /a/../b?x=%2f HTTP/1.1',
      `host: ${new URL(bot.url).host}`,
      'connection: keep-alive',
      'X-Dup: 1',
      'x-dup: caf\xe9',
      'X-DUP: ',
      'content-length: 256',
    ]);
    assert.deepEqual(bot.requests[0].body, bytes);
  });

  it('sends again exactly what a recorder received, secrets included', async () => {
    bot = await wireBot(() => OK);
    const h = new RecorderHarness();
    try {
      const { url } = await h.start({ forward: bot.url });
      const head =
        'POST /handover/rce?access_token=a%2Fb&t={{secret:X}} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer key\r\nX-Dimelo-Secret: s3cret-value';
      const body = String.raw`{"action":"messages.create","params":{"access_token":"to\/k","n":1.0}}`;
      await talk(url, wireRequest(head, body));
      await replay(await h.entries(), options({ vault: h.vault }));
      const [forwarded, replayed] = bot.requests;
      assert.deepEqual(replayed?.head, forwarded?.head);
      assert.deepEqual(replayed?.body, forwarded?.body);
      assert.equal(replayed?.body.toString(), body);
      assert.match(results[0]?.url ?? '', /access_token=\{\{secret:ACCESS_TOKEN:url\}\}/);
    } finally {
      await h.stop();
    }
  });

  it('collects the answers', async () => {
    bot = await wireBot(({ body }) =>
      wireAnswer(
        `HTTP/1.1 ${body.toString() === '1' ? '500 Oh' : '201 Made'}\r\nX-A: b\r\nx-a: c`,
        body,
      ),
    );
    const summary = await replay(numbered(3), options());
    assert.deepEqual(
      { ...summary, durationMs: 0 },
      {
        sent: 3,
        answered: 3,
        failed: 0,
        skipped: 0,
        durationMs: 0,
        statuses: { 201: 2, 500: 1 },
      },
    );
    const { status, statusText, headers, body, ...about } = results[1]!;
    assert.deepEqual([status, statusText, Buffer.from(body).toString()], [500, 'Oh', '1']);
    assert.deepEqual(headers.slice(0, 2), [
      { name: 'X-A', value: 'b' },
      { name: 'x-a', value: 'c' },
    ]);
    assert.deepEqual(
      { ...about, durationMs: 0 },
      {
        entryId: 'e1',
        seq: 2,
        title: 'POST /1',
        conversation: 'c0',
        method: 'POST',
        url: `${bot.url}/1`,
        durationMs: 0,
      },
    );
  });

  it('keeps the order of each conversation over many connections', async () => {
    let seed = 5;
    bot = await wireBot(async () => {
      seed = (seed * 48271) % 2147483647;
      await new Promise((resolve) => setTimeout(resolve, seed % 6));
      return OK;
    });
    await replay(numbered(80, 7), options({ concurrency: 5 }));
    const last = new Map<number, number>();
    for (const { body } of bot.requests) {
      const n = Number(body.toString());
      assert((last.get(n % 7) ?? -1) < n);
      last.set(n % 7, n);
    }
    assert.equal(bot.requests.length, 80);
    assert(new Set(bot.requests.map(({ socket }) => socket)).size <= 5);
  });

  it('uses one connection for one', async () => {
    bot = await wireBot(() => OK);
    await replay(numbered(20, 20), options());
    assert.equal(new Set(bot.requests.map(({ socket }) => socket)).size, 1);
    assert.deepEqual(
      bot.requests.map(({ body }) => Number(body.toString())),
      [...Array(20).keys()],
    );
  });

  it('keeps the recorded pauses, or a factor of them', async () => {
    bot = await wireBot(() => OK);
    const clock = new FakeClock();
    const begin = clock.now();
    const at: number[] = [];
    const onResult = (): unknown => at.push(clock.now() - begin);
    const over = replay(numbered(4), options({ clock, speed: 2, onResult }));
    for (let i = 0; i < 4; i++) {
      while (at.length <= i) await new Promise((resolve) => setImmediate(resolve));
      await clock.advance(50);
    }
    await over;
    assert.deepEqual(at, [0, 50, 100, 150]);
    assert.equal(clock.pending, 0);
  });

  it('puts secrets back from the environment, and sends nothing while one is missing', async () => {
    bot = await wireBot(() => OK);
    const headers = [
      { name: 'X-Dimelo-Secret', value: '{{secret:WEBHOOK_SECRET}}' },
      { name: 'Authorization', value: '{{secret:AUTHORIZATION}}' },
      { name: 'Proxy-Authorization', value: '{{secret:NOT_SENT}}' },
    ];
    const url = 'http://bot.test/p?hub.verify_token={{secret:VERIFY_TOKEN:url}}';
    const entries = [entryOf(), entryOf({ _id: 'e2', request: { headers, url } })];
    const env = { BOT_CHANNELS_WEBHOOK_SECRET: 'a', BOT_CHANNELS_SECRET_VERIFY_TOKEN: 'b/c' };
    await assert.rejects(
      replay(entries, options({ vault: new EnvironmentVault(env) })),
      (error) => {
        assert(error instanceof HumanError);
        assert.match(
          error.toLine(),
          /secret AUTHORIZATION.*keychain.*BOT_CHANNELS_SECRET_AUTHORIZATION/,
        );
        return true;
      },
    );
    assert.equal(bot.requests.length, 0);
    const vault = new EnvironmentVault({ ...env, BOT_CHANNELS_SECRET_AUTHORIZATION: 'Bearer k' });
    await replay(entries, options({ vault }));
    const sent = bot.requests[1]!.head;
    assert.equal(sent[0], 'POST /p?hub.verify_token=b%2Fc HTTP/1.1');
    assert.deepEqual(sent.slice(3, 5), ['X-Dimelo-Secret: a', 'Authorization: Bearer k']);
    // With a query of the target’s own, the recorded one and its secret are not needed.
    const url2 = 'http://bot.test/p?access_token={{secret:NOT_KNOWN}}';
    await replay([entryOf({ request: { url: url2 } })], options({ target: `${bot.url}/x?y=1` }));
    assert.equal(bot.requests.at(-1)?.head[0], 'POST /x?y=1 HTTP/1.1');
  });

  it('sends only what the filter lets through, and counts the rest as skipped', async () => {
    bot = await wireBot(() => OK);
    const summary = await replay(numbered(6, 3), options({ only: 'c1,!e4' }));
    assert.deepEqual(
      results.map(({ entryId }) => entryId),
      ['e1'],
    );
    assert.deepEqual([summary.sent, summary.skipped], [1, 5]);
    await assert.rejects(replay(numbered(2), options({ only: 'nothing' })), /fits “nothing”/);
  });

  it('does not send what is not whole', async () => {
    bot = await wireBot(() => OK);
    const [whole, half] = numbered(2) as [CaptureEntry, CaptureEntry];
    const summary = await replay([whole, { ...half, _truncated: true }], options());
    assert.deepEqual([summary.sent, summary.skipped], [1, 1]);
    await assert.rejects(replay([{ ...half, _truncated: true }], options()), /no delivery to send/);
    await assert.rejects(replay([], options()), /no delivery to send/);
  });

  it('refuses a target that cannot be reached, an address that is none, and odd numbers', async () => {
    bot = await wireBot(() => OK);
    await bot.close();
    await assert.rejects(replay(numbered(1), options()), (error) => {
      assert(error instanceof HumanError);
      assert.match(error.toLine(), new RegExp(`Nothing answers at ${bot.url} \\(ECONNREFUSED\\)`));
      return true;
    });
    const refused = (given: Partial<ReplayOptions>): Promise<void> =>
      assert.rejects(replay(numbered(1), options(given)), HumanError);
    await refused({ target: '4760' });
    await refused({ speed: 0 });
    await refused({ speed: Number.NaN });
    await refused({ concurrency: 0 });
    await refused({ concurrency: 1.5 });
    assert.deepEqual(results, []);
  });

  it('tries all others when the target dies midway, and says why each failed', async () => {
    bot = await wireBot(({ body }) => {
      if (body.toString() === '2') setImmediate(() => void bot.close());
      return body.toString() === '2' ? undefined : OK;
    });
    const summary = await replay(numbered(6), options());
    assert.deepEqual([summary.sent, summary.answered, summary.failed], [6, 2, 4]);
    assert.deepEqual(
      results.map(({ status, problem }) => status ?? problem?.code),
      [200, 200, 'UND_ERR_SOCKET', 'ECONNREFUSED', 'ECONNREFUSED', 'ECONNREFUSED'],
    );
    assert(results[2]?.problem instanceof HumanError);
  });

  it('gives up a delivery that is not answered in time, and goes on', async () => {
    const clock = new FakeClock();
    bot = await wireBot(({ body }) => (body.toString() === '0' ? undefined : OK));
    const over = replay(numbered(2), options({ clock, timeoutMs: 1000 }));
    while (bot.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await clock.advance(1000);
    const summary = await over;
    assert.deepEqual([summary.answered, summary.failed], [1, 1]);
    assert.equal(results[0]?.problem?.code, 'ETIMEDOUT');
  });

  it('can be stopped: what is under way fails, the rest is skipped', async () => {
    const controller = new AbortController();
    bot = await wireBot(({ body }) => {
      if (body.toString() === '1') controller.abort();
      return body.toString() === '1' ? undefined : OK;
    });
    const summary = await replay(numbered(5), options({ signal: controller.signal }));
    assert.deepEqual([summary.answered, summary.failed, summary.skipped], [1, 1, 3]);
    assert.match(results[1]?.problem?.message ?? '', /stopped/);
    const none = await replay(numbered(5), options({ signal: controller.signal }));
    assert.deepEqual([none.sent, none.skipped], [0, 5]);
  });

  it('says which delivery cannot be sent at all, and sends the others', async () => {
    bot = await wireBot(() => OK);
    const bad = entryOf({ _id: 'bad', request: { headers: [{ name: 'X-A', value: 'a\r\nb' }] } });
    const summary = await replay([bad, ...numbered(1)], options());
    assert.deepEqual([summary.answered, summary.failed], [1, 1]);
    assert.match(results[0]?.problem?.message ?? '', /cannot be sent as it is/);
  });
});

describe('The filter', () => {
  const entry = entryOf({
    _id: 'AB12',
    _kind: 'webhook',
    _conversation: 'T1',
    json: { events: [{ type: 'intervention.closed' }] },
  });
  const fits = (filter: string): boolean => filterOf(filter)(entry);

  it('fits an id, a kind, a conversation, or a part of the title', () => {
    for (const filter of ['ab12', 'webhook', 't1', 'intervention', 'CLOSED', 'x, t1', ''])
      assert(fits(filter), filter);
    for (const filter of ['ab', 'web', 't2', 'opened', 'x,y']) assert(!fits(filter), filter);
  });

  it('takes out what stands behind an exclamation mark', () => {
    assert(fits('!source-sdk'));
    assert(!fits('!webhook'));
    assert(!fits('t1,!closed'));
    assert(fits('!'));
  });
});
