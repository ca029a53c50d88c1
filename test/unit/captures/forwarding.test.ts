import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { FakeClock } from '../fakeClock';
import { HOSTILE } from './hostileBodies';
import { RecorderHarness, requestBytes } from './recorderHarness';
import {
  bodyOf,
  OK,
  statusOf,
  talk,
  wireAnswer,
  wireBot,
  wireRequest,
  type WireBot,
} from './wireEnds';

const HEAD = 'POST /handover/rce?x=%20y HTTP/1.1\r\nHost: tunnel.example';

describe('Recording with a bot behind', () => {
  let h: RecorderHarness;
  let bot: WireBot | undefined;
  beforeEach(() => (h = new RecorderHarness()));
  afterEach(async () => {
    await h.stop();
    await bot?.close();
    bot = undefined;
  });

  for (const [what, body] of HOSTILE)
    it(`passes on the exact bytes of ${what}, and the answer’s`, async () => {
      bot = await wireBot(({ body: received }) => wireAnswer('HTTP/1.1 200 OK', received));
      const { url } = await h.start({ forward: bot.url });
      const answer = await talk(url, wireRequest(HEAD, body));
      assert.deepEqual(bot.requests[0]?.body, body);
      assert.deepEqual(bodyOf(answer), body);
      assert.deepEqual(await requestBytes(await h.only(), h.vault), body);
    });

  it('passes on secrets and headers as they came, without those of the connection', async () => {
    bot = await wireBot(() => OK);
    const { url } = await h.start({ forward: bot.url });
    const head = `${HEAD}\r\nX-Dimelo-Secret: s3cret-value\r\nX-Dup: 1\r\nx-dup: caf\xe9\r\nKeep-Alive: 5\r\nTE: trailers`;
    await talk(url, wireRequest(head, 'x'));
    const received = bot.requests[0]!;
    assert.equal(received.head[0], 'POST /handover/rce?x=%20y HTTP/1.1');
    assert.deepEqual(received.head.slice(1), [
      `host: ${new URL(bot.url).host}`,
      'connection: keep-alive',
      'X-Dimelo-Secret: s3cret-value',
      'X-Dup: 1',
      'x-dup: caf\xe9',
      'content-length: 1',
    ]);
  });

  it('has the delivery on disk before the bot gets it', async () => {
    let onDisk = '';
    bot = await wireBot(() => {
      onDisk = readFileSync(h.folder.file(), 'utf8');
      return OK;
    });
    const { url } = await h.start({ forward: bot.url });
    await talk(url, wireRequest(HEAD, 'to be kept'));
    assert.match(onDisk, /to be kept.*\n$/);
  });

  it('returns status, headers and body of the answer unchanged, and records them', async () => {
    const head =
      'HTTP/1.1 422 Kein Eintrag\r\nSet-Cookie: a=1\r\nset-cookie: b=2; Path=/\r\nX-Latin: \xe9\r\nContent-Encoding: gzip';
    const body = gzipSync('{"error":"x"}');
    bot = await wireBot(() => wireAnswer(head, body));
    const { url } = await h.start({ forward: bot.url });
    const answer = await talk(url, wireRequest(HEAD, 'x'));
    assert.deepEqual(bodyOf(answer), body);
    const lines = answer.subarray(0, answer.indexOf('\r\n\r\n')).toString('latin1').split('\r\n');
    assert.deepEqual(
      lines.filter((line) => !/^(?:connection|keep-alive):/i.test(line)),
      [...head.split('\r\n'), `Content-Length: ${body.length}`],
    );
    const { response, time, _forwardedTo } = await h.only();
    assert.deepEqual([response.status, response.statusText], [422, 'Kein Eintrag']);
    assert.deepEqual(response.headers.slice(0, 3), [
      { name: 'Set-Cookie', value: 'a=1' },
      { name: 'set-cookie', value: 'b=2; Path=/' },
      { name: 'X-Latin', value: '\xe9' },
    ]);
    assert.deepEqual(
      [response.content.encoding, response.content.text],
      ['base64', body.toString('base64')],
    );
    assert(time >= 0);
    assert.equal(_forwardedTo, `${bot.url}/handover/rce?x=%20y`);
  });

  it('passes on a body that came in chunks, and returns one', async () => {
    bot = await wireBot(() =>
      Buffer.from(
        'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n',
      ),
    );
    const { url } = await h.start({ forward: bot.url });
    const chunks = '3\r\nxyz\r\n1\r\n!\r\n0\r\n\r\n';
    const head = `${HEAD}\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n`;
    const answer = await talk(url, Buffer.from(head + chunks));
    assert.equal(bot.requests[0]?.body.toString(), 'xyz!');
    assert.match(bodyOf(answer).toString(), /^3\r\nabc\r\n0\r\n/);
    const entry = await h.only();
    assert.equal(entry.request.postData?.text, 'xyz!');
    assert.equal(entry.response.content.text, 'abc');
  });

  it('passes on to another path, with the query kept', async () => {
    bot = await wireBot(() => OK);
    const { url } = await h.start({ forward: `${bot.url}/hook` });
    await talk(url, wireRequest(HEAD, 'x'));
    assert.equal(bot.requests[0]?.head[0], 'POST /hook?x=%20y HTTP/1.1');
  });

  it('answers HEAD and 204 without a body', async () => {
    bot = await wireBot(({ head }) =>
      head[0]?.startsWith('HEAD')
        ? Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n')
        : Buffer.from('HTTP/1.1 204 No Content\r\n\r\n'),
    );
    const { url } = await h.start({ forward: bot.url });
    const head = await talk(url, wireRequest('HEAD /x HTTP/1.1\r\nHost: a'));
    assert.match(head.toString(), /^HTTP\/1\.1 200 OK\r\nContent-Length: 5\r\n/);
    assert.equal(bodyOf(head).length, 0);
    assert.equal(statusOf(await talk(url, wireRequest(HEAD, 'x'))), 204);
  });

  it('says 502 with a sentence when the bot is down, and records why', async () => {
    bot = await wireBot(() => OK);
    await bot.close();
    const { url } = await h.start({ forward: bot.url });
    const answer = await talk(url, wireRequest(HEAD, 'x'));
    assert.equal(statusOf(answer), 502);
    assert.equal(bodyOf(answer).toString(), `Nothing answers at ${bot.url}.\n`);
    const entry = await h.only();
    assert.equal(entry._error, `Nothing answers at ${bot.url}.`);
    assert.equal(entry.response.status, 502);
  });

  it('says 502 when the bot hangs up or talks nonsense, and 504 when it stays silent', async () => {
    const clock = new FakeClock();
    bot = await wireBot(({ head, socket }) => {
      if (head[0]?.includes('/hangup')) socket.destroy();
      return head[0]?.includes('/nonsense') ? Buffer.from('SMTP ready\r\n\r\n') : undefined;
    });
    const { url } = await h.start({ forward: bot.url, clock });
    const to = (path: string): Promise<Buffer> =>
      talk(url, wireRequest(`POST ${path} HTTP/1.1\r\nHost: a`, 'x'));
    assert.equal(statusOf(await to('/hangup')), 502);
    assert.equal(statusOf(await to('/nonsense')), 502);
    const silent = to('/silent');
    while (bot.requests.length < 3) await new Promise((resolve) => setImmediate(resolve));
    await clock.advance(30_000);
    assert.equal(statusOf(await silent), 504);
    const last = (await h.entries()).at(-1)!;
    assert.match(last._error ?? '', /did not answer within 30 s/);
    assert.equal(last.time, 30_000);
    assert.equal(clock.pending, 0);
  });

  it('finishes what is under way when it stops', async () => {
    let answer: (bytes: Buffer) => void = () => undefined;
    bot = await wireBot(() => new Promise((resolve) => (answer = resolve)));
    const { url } = await h.start({ forward: bot.url });
    const waiting = talk(url, wireRequest(HEAD, 'x'));
    while (bot.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const stopped = h.recorder?.dispose();
    answer(wireAnswer('HTTP/1.1 201 Made'));
    assert.equal(statusOf(await waiting), 201);
    await stopped;
    assert.equal((await h.only()).response.status, 201);
  });

  it('does not wait longer than three seconds for a bot when it stops', async () => {
    const clock = new FakeClock();
    bot = await wireBot(() => undefined);
    const { url } = await h.start({ forward: bot.url, clock });
    const waiting = talk(url, wireRequest(HEAD, 'x'));
    while (bot.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const stopped = h.recorder?.dispose();
    await clock.advance(2_500);
    assert.equal(statusOf(await waiting), 502);
    await clock.advance(500);
    await stopped;
    assert.match((await h.only())._error ?? '', /stopped/);
    assert.equal(clock.pending, 0);
  });

  it('keeps the order of arrival for many at once', async () => {
    bot = await wireBot(() => OK);
    const { url } = await h.start({ forward: bot.url });
    const many = Array.from({ length: 60 }, (_, i) =>
      talk(url, wireRequest(`POST /${i} HTTP/1.1\r\nHost: a`, 'x')),
    );
    assert((await Promise.all(many)).every((answer) => statusOf(answer) === 200));
    const entries = await h.entries();
    assert.deepEqual(
      entries.map(({ _seq }) => _seq),
      entries.map((_, i) => i + 1),
    );
    assert.equal(new Set(entries.map(({ request }) => request.url)).size, 60);
    assert(entries.every(({ response }) => response.status === 200));
  });
});
