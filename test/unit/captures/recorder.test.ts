import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { HumanError } from '../../../src/base/humanError';
import { CaptureWriter, type Recorder } from '../../../src/captures';
import { HOSTILE } from './hostileBodies';
import { exact, RecorderHarness, requestBytes } from './recorderHarness';
import { bodyOf, statusOf, talk, wireRequest } from './wireEnds';

const HEAD = 'POST /handover/rce?x=%20y HTTP/1.1\r\nHost: tunnel.example';

describe('Recording without a bot', () => {
  const harness = (): RecorderHarness => new RecorderHarness();
  let h: RecorderHarness;
  beforeEach(() => (h = harness()));
  afterEach(() => h.stop());

  for (const [what, body] of HOSTILE)
    it(`keeps the exact bytes of ${what}`, async () => {
      const { url } = await h.start();
      assert.equal(statusOf(await talk(url, wireRequest(HEAD, body))), 200);
      const entry = await h.only();
      assert.deepEqual(await requestBytes(entry, h.vault), body);
      assert.equal(entry.request.bodySize, body.length);
    });

  it('keeps header order, spelling, duplicates and bytes, and the request line', async () => {
    const { url } = await h.start();
    const head =
      'POST /a/../b//c?q=%2f&q=;{{secret:X}} HTTP/1.1\r\nhOsT: a\r\nX-Dup: 1\r\nx-dup:  caf\xe9 \r\nX-DUP: \r\nContent-Type: text/plain';
    await talk(url, wireRequest(head, 'x'));
    const { request } = await h.only();
    assert.equal(await exact(request.url, h.vault), 'http://a/a/../b//c?q=%2f&q=;{{secret:X}}');
    assert.deepEqual(
      request.headers.slice(0, 5).map(({ name, value }) => `${name}: ${value}`),
      ['hOsT: a', 'X-Dup: 1', 'x-dup: caf\xe9', 'X-DUP: ', 'Content-Type: text/plain'],
    );
  });

  it('writes HAR 1.2 entries with its own fields behind an underscore', async () => {
    const { url } = await h.start();
    const body = '{"action":"messages.create","params":{"thread_id":"T"}}';
    await talk(
      url,
      wireRequest(`${HEAD}\r\nContent-Type: application/json\r\nCookie: a=1; b=2`, body),
    );
    const entry = await h.only();
    assert.deepEqual(
      Object.keys(entry)
        .filter((name) => !name.startsWith('_'))
        .sort(),
      ['cache', 'request', 'response', 'startedDateTime', 'time', 'timings'],
    );
    assert.deepEqual([entry._seq, entry._kind, entry._conversation], [1, 'source-sdk', 'T']);
    assert.deepEqual(entry.request.queryString, [{ name: 'x', value: ' y' }]);
    assert.deepEqual(entry.request.cookies, [
      { name: 'a', value: '1' },
      { name: 'b', value: '2' },
    ]);
    assert.deepEqual(entry.request.postData, { mimeType: 'application/json', text: body });
    assert.match(entry.startedDateTime, /^\d{4}-\d\d-\d\dT[\d:]+\.\d{3}Z$/);
  });

  it('is on disk before the answer leaves', async () => {
    const { url } = await h.start();
    let onDisk = '';
    const original = CaptureWriter.prototype.append;
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    CaptureWriter.prototype.append = async function (line) {
      await original.call(this, line);
      await held;
    };
    try {
      let isAnswered = false;
      const answer = talk(url, wireRequest(HEAD, 'x')).then(() => (isAnswered = true));
      while (onDisk === '') {
        await new Promise((resolve) => setImmediate(resolve));
        onDisk = readFileSync(h.folder.file(), 'utf8');
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
      assert.equal(isAnswered, false);
      release();
      await answer;
    } finally {
      CaptureWriter.prototype.append = original;
    }
  });

  it('passes both platforms’ address checks', async () => {
    const { url } = await h.start();
    const path = '/p?hub.mode=subscribe&hub.challenge=a%20b%2B&hub.verify_token=t';
    const handshake = await talk(url, wireRequest(`GET ${path} HTTP/1.1\r\nHost: a`));
    assert.equal(bodyOf(handshake).toString(), 'a b+');
    const validation = await talk(url, wireRequest(`${HEAD}\r\nValidation-Token: tok-1`));
    assert.match(validation.toString(), /\r\nValidation-Token: tok-1\r\n/);
    assert(validation.length <= 1024);
    assert.deepEqual(
      (await h.entries()).map(({ _kind }) => _kind),
      ['handshake', 'validation'],
    );
  });

  it('never writes a secret', async () => {
    const { url } = await h.start();
    const head =
      'POST /p?access_token=query-secret HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer head-secret\r\nX-Dimelo-Secret: dimelo-secret\r\nVerification-Token: verify-secret\r\nX-Other: dimelo-secret';
    await talk(url, wireRequest(head, '{"access_token":"body-secret"}'));
    const file = readFileSync(h.folder.file(), 'utf8');
    assert.doesNotMatch(file, /(?:query|head|dimelo|verify|body)-secret/);
    const { request } = await h.only();
    const written = request.headers.map(({ name, value }) => `${name}: ${value}`);
    assert(written.includes('X-Dimelo-Secret: {{secret:WEBHOOK_SECRET}}'));
    assert(written.includes('X-Other: {{secret:WEBHOOK_SECRET}}'));
    assert.equal(await h.vault.resolve('AUTHORIZATION'), 'Bearer head-secret');
  });

  it('tells of each delivery twice: as it came, and with its answer', async () => {
    const { url } = await h.start();
    await talk(url, wireRequest(HEAD, 'x'));
    assert.deepEqual(
      h.events.map(({ _seq, response }) => [_seq, response.status]),
      [
        [1, 0],
        [1, 200],
      ],
    );
  });

  it('answers HEAD, Expect: 100-continue, HTTP/1.0 and requests without a host', async () => {
    const { url } = await h.start();
    assert.equal(statusOf(await talk(url, wireRequest('HEAD / HTTP/1.1\r\nHost: a'))), 200);
    const expecting = wireRequest(`${HEAD}\r\nExpect: 100-continue`, 'x');
    const answer = (await talk(url, expecting)).toString();
    assert.match(answer, /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK/);
    assert.equal(statusOf(await talk(url, wireRequest('POST / HTTP/1.0', 'x'))), 200);
    assert.equal(statusOf(await talk(url, wireRequest('POST / HTTP/1.1', 'x'))), 200);
    assert.equal((await h.entries()).length, 4);
  });

  it('numbers deliveries of one connection in their order', async () => {
    const { url } = await h.start();
    const one = (n: number): string =>
      `POST /${n} HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n${n === 2 ? 'Connection: close\r\n' : ''}\r\nx`;
    await talk(url, Buffer.from(one(0) + one(1) + one(2)));
    const entries = await h.entries();
    assert.deepEqual(
      entries.map(({ _seq, request }) => [_seq, request.url]),
      [
        [1, 'http://a/0'],
        [2, 'http://a/1'],
        [3, 'http://a/2'],
      ],
    );
  });

  it('refuses a body over the limit with 413, and the capture says that it is not whole', async () => {
    const { url } = await h.start({ maxBodyBytes: 10 });
    const answer = await talk(url, wireRequest(HEAD, 'x'.repeat(30)));
    assert.equal(statusOf(answer), 413);
    const entry = await h.only();
    assert.equal(entry._truncated, true);
    assert.deepEqual([entry.request.postData?.text.length, entry.request.bodySize], [10, 30]);
    assert.equal(entry.response.status, 413);
  });

  it('keeps what came of an upload that was broken off', async () => {
    const { url } = await h.start();
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(`${HEAD}\r\nContent-Length: 100\r\n\r\nhalf`, () =>
      setTimeout(() => socket.destroy(), 20),
    );
    while (h.events.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const entry = await h.only();
    assert.equal(entry._truncated, true);
    assert.match(entry._error ?? '', /hung up/);
    assert.equal(entry.request.postData?.text, 'half');
  });

  it('answers 500 rather than acknowledge what it cannot keep, and goes on when it can again', async () => {
    const { url } = await h.start();
    rmSync(h.folder.path, { recursive: true });
    const answer = await talk(url, wireRequest(HEAD, 'x'));
    assert.equal(statusOf(answer), 500);
    assert.match(bodyOf(answer).toString(), /cannot be written/);
    assert.match(h.problems.join(), /folder is not there/);
    assert.equal(h.events.length, 0);
    mkdirSync(h.folder.path);
    assert.equal(statusOf(await talk(url, wireRequest(HEAD, 'x'))), 200);
    assert.equal((await h.entries()).length, 1);
  });

  it('goes on where an earlier recording ended', async () => {
    const first = await h.start();
    const create = '{"action":"messages.create","params":{"thread_id":"T","content_id":"c"}}';
    await talk(first.url, wireRequest(HEAD, create));
    await first.dispose();
    const second = await h.start();
    const closed = '{"events":[{"type":"content.exported","resource":{"id":"c"}}]}';
    await talk(second.url, wireRequest(HEAD, closed));
    const entries = await h.entries();
    assert.deepEqual(
      entries.map(({ _seq, _conversation }) => [_seq, _conversation]),
      [
        [1, 'T'],
        [2, 'T'],
      ],
    );
    assert.notEqual(entries[0]?._id, entries[1]?._id);
  });

  it('does not start on a taken port, on another file, or on a wrong address', async () => {
    const { url } = await h.start();
    const port = Number(new URL(url).port);
    const again = (given: object): Promise<Recorder> => h.start(given);
    await assert.rejects(again({ port }), (error) => {
      assert(error instanceof HumanError);
      assert.match(error.toLine(), new RegExp(`Port ${port} is in use \\(EADDRINUSE\\)`));
      return true;
    });
    writeFileSync(h.folder.file('package.json'), '{\n}\n');
    await assert.rejects(again({ file: h.folder.file('package.json') }), /not a capture file/);
    assert.equal(readFileSync(h.folder.file('package.json'), 'utf8'), '{\n}\n');
    await assert.rejects(again({ forward: 'localhost' }), /not an http or https address/);
    await assert.rejects(again({ port, forward: `http://localhost:${port}/x` }), /to itself/);
  });

  it('frees its port when it stops', async () => {
    const { url } = await h.start();
    await h.recorder?.dispose();
    const again = await h.start({ port: Number(new URL(url).port) });
    assert.equal(again.url, url);
  });
});
