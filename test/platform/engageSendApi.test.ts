import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { customerMessage, engageStage, hmac, type Stage, type Wire } from './engageStage';

describe('Engage practice: Send API', () => {
  let stage: Stage;

  beforeEach(async () => {
    stage = await engageStage();
  });

  afterEach(() => stage.close());

  const threads = async (query = ''): Promise<Wire> =>
    (await stage.rest('GET', `/content_threads?q=${encodeURIComponent(query)}`)).json;

  it('takes a message and makes identity, thread and content of it', async () => {
    assert.deepEqual(await stage.push(customerMessage()), { status: 200, text: 'ok' });
    const { records } = await threads('foreign:t1');
    assert.equal(records[0]!.foreign_id, 't1');
    assert.deepEqual(records[0]!.thread_category_ids, [stage.details.botCategoryId]);
    const identities = await stage.rest(
      'GET',
      `/identities?source_id=${stage.details.sourceId}&foreign_id=u1`,
    );
    assert.equal(identities.json.count, 1);
    assert.equal(identities.json.records[0]!.screenname, 'Uma');
    const contents = await stage.rest('GET', `/contents?q=thread:${records[0]!.id}`);
    assert.equal(contents.json.records[0]!.author_id, identities.json.records[0]!.id);
    assert.equal(contents.json.records[0]!.body_formatted.html, '<p>I need help</p>');
  });

  it('takes what curl sends, signed over the file’s bytes, escapes and all', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'engage-'));
    try {
      const body =
        '{"action":"messages.create","params":{"id":"c1","thread_id":"t_\\u00e9|1","body":"h\\u00e9 \\u003cb\\u003e \\/","author":{"id":"u","screenname":"U","created_at":"06/11/2017"}}}';
      const file = path.join(folder, 'body.json');
      writeFileSync(file, body);
      const { stdout } = await promisify(execFile)('curl', [
        '--silent',
        '--noproxy',
        '*',
        '--data-binary',
        `@${file}`,
        `${stage.details.realtimeUrl}?signature=${hmac(stage.details.realtimeToken, body)}`,
      ]);
      assert.equal(stdout, 'ok');
      assert.equal((await threads('foreign:"t_é|1"')).count, 1);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('answers the same at NAME.localhost', async () => {
    const { port } = new URL(stage.origin);
    const body = JSON.stringify(customerMessage());
    const { stdout } = await promisify(execFile)('curl', [
      '--silent',
      '--noproxy',
      '*',
      '--resolve',
      `practice.localhost:${port}:127.0.0.1`,
      '-H',
      `X-SMCCSDK-SIGNATURE: ${hmac(stage.details.realtimeToken, body)}`,
      '--data-binary',
      body,
      `http://practice.localhost:${port}/realtime/sdk/${stage.details.sourceId}`,
    ]);
    assert.equal(stdout, 'ok');
    assert.equal((await fetch(`${stage.origin}/realtime/sdk/x`, { method: 'POST' })).status, 404);
  });

  it('answers the documented error texts', async () => {
    const message = customerMessage();
    const text = JSON.stringify(message);
    const token = stage.details.realtimeToken;
    const pretty = JSON.stringify(message, null, 2);
    const without = (field: string): object => customerMessage({ [field]: null });
    for (const [answer, expected] of [
      [await stage.push('hello'), '400 Bad request'],
      [await stage.push(''), '400 Bad request'],
      [await stage.push('[]'), '400 Invalid request format'],
      [await stage.push({ action: 'messages.create' }), '400 Invalid request format'],
      [await stage.push(message, { sourceId: 'f'.repeat(24) }), '422 Source not found'],
      [await stage.push(message, { signature: null }), '422 Invalid signature'],
      [await stage.push(message, { signature: hmac('other', text) }), '422 Invalid signature'],
      [await stage.push(message, { signature: hmac(token, pretty) }), '422 Invalid signature'],
      [
        await stage.push(message, { signature: hmac(token, text).toUpperCase() }),
        '422 Invalid signature',
      ],
      [await stage.push({ action: 'messages.list', params: {} }), '422 Invalid action'],
      [await stage.push({ action: 'constructor', params: {} }), '422 Invalid action'],
      [await stage.push(without('id')), '422 Invalid resource format'],
      [await stage.push(without('author')), '422 Invalid resource format'],
      [await stage.push(without('body')), '422 Invalid resource format'],
      [await stage.push(without('thread_id')), '422 Invalid resource format'],
      [
        await stage.push(customerMessage({ body: 'x'.repeat(20_001) })),
        '422 Invalid resource format',
      ],
      [
        await stage.push(
          customerMessage({
            structured_content: { type: 'select', items: [{ title: 'One', payload: '1' }] },
          }),
        ),
        '422 The author must be puppetizable',
      ],
    ] as const) {
      assert.equal(`${answer.status} ${answer.text}`, expected);
    }
    assert.equal((await threads()).count, 0, 'nothing was imported');
  });

  it('answers 413 with the documented text above 20971520 bytes', async () => {
    const answer = await stage.push(' '.repeat(20_971_521));
    assert.equal(answer.status, 413);
    assert.equal(answer.text, 'Invalid request size (max: 20971520 bytes)');
  });

  it('takes users, threads, private messages, read marks and typing', async () => {
    const author = { id: 'bot', screenname: 'Bot', created_at: '2026-01-01T00:00:00Z' };
    for (const request of [
      { action: 'users.create', params: { ...author, puppetizable: true } },
      { action: 'threads.create', params: { id: 't9', author, body: 'Hello', title: 'Greeting' } },
      {
        action: 'private_messages.create',
        params: { id: 'p1', author, recipient: { ...author, id: 'r' }, body: 'psst' },
      },
      {
        action: 'messages.create',
        params: {
          id: 's1',
          author,
          thread_id: 't9',
          structured_content: { type: 'select', items: [{ title: 'One' }] },
        },
      },
      { action: 'status.mark_as_read', params: { id: 's1' } },
      { action: 'typing.start', params: { thread_id: 't9' } },
      { action: 'typing.stop', params: { thread_id: 't9' } },
    ]) {
      const answer = await stage.push(request);
      assert.equal(`${request.action} ${answer.text}`, `${request.action} ok`);
    }
    const { records } = await threads('foreign_id:t9');
    assert.equal(records[0]!.title, 'Greeting');
    assert.equal(records[0]!.contents_count, 2);
  });

  it('allows one typing.start a thread in two seconds; typing.stop resets', async () => {
    const start = (): Promise<{ status: number }> =>
      stage.push({ action: 'typing.start', params: { thread_id: 't1', in_reply_to_id: 'm1' } });
    assert.equal((await start()).status, 200);
    assert.equal((await start()).status, 429);
    stage.clock.advance(2000);
    assert.equal((await start()).status, 200);
    await stage.push({ action: 'typing.stop', params: { thread_id: 't1' } });
    assert.equal((await start()).status, 200);
  });

  it('imports a repeated id once', async () => {
    await stage.push(customerMessage());
    await stage.push(customerMessage({ body: 'I need help now' }));
    const { json } = await stage.rest('GET', '/contents');
    assert.equal(json.count, 1);
    assert.equal(json.records[0]!.body, 'I need help now');
  });

  it('can practise the delay between ok and the thread’s being found', async () => {
    const slow = await engageStage({ importDelayMs: 500 });
    try {
      assert.equal((await slow.push(customerMessage())).text, 'ok');
      assert.equal((await slow.rest('GET', '/content_threads')).json.count, 0);
      slow.clock.advance(500);
      await new Promise((resolve) => setImmediate(resolve));
      assert.equal((await slow.rest('GET', '/content_threads')).json.count, 1);
    } finally {
      await slow.close();
    }
  });
});
