import assert from 'node:assert/strict';
import { once } from 'node:events';
import * as http from 'node:http';
import { WebSocket } from 'ws';
import type { Simulator } from '../../src/simulator';
import { adminToken, call, command, JWT_BEARER, parsed, practise, token } from './practice';

describe('The practice platform: control, limits and its own safety', () => {
  let simulator: Simulator;
  const log: string[] = [];
  beforeEach(async () => {
    simulator = await practise({ log: (line) => log.push(line) });
  });
  afterEach(() => simulator.close());

  const ME = '/restapi/v1.0/account/~/extension/~';
  const bot = (): string => simulator.details().botToken;

  /** A request as a browser on a page of another name would be made to send it. */
  async function raw(
    path: string,
    headers: Record<string, string>,
    body = '',
  ): Promise<{ status: number; body: string }> {
    const request = http.request(new URL(path, simulator.url), { method: 'POST', headers });
    request.end(body);
    const [response] = (await once(request, 'response')) as [http.IncomingMessage];
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk as Buffer);
    return { status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') };
  }

  it('says its details, what it can do and what it assumes', async () => {
    const { ok: details } = await command(simulator, 'details');
    assert.deepEqual(details, simulator.details());
    assert.equal(simulator.details().server, simulator.url);
    assert.match(simulator.details().redirectUri, /^http:\/\/127\.0\.0\.1:4748\//);
    const { ok: help } = await command(simulator, 'help');
    const names = (help as { command: string }[]).map((each) => each.command);
    for (const name of ['details', 'status', 'post', 'dropSockets', 'rateLimits', 'failNext']) {
      assert.ok(names.includes(name), name);
    }
    const { ok: status } = await command(simulator, 'status');
    assert.equal((status as { sockets: number }).sockets, 0);
    const { ok: assumptions } = await command(simulator, 'assumptions');
    assert.ok((assumptions as { about: string }[]).every(({ about }) => about.length > 20));
  });

  it('posts as a guest, or as whoever is named', async () => {
    const guest = await command(simulator, 'post', { text: 'Hi' });
    assert.match((guest.ok as { creatorId: string }).creatorId, /^glip-/);
    const jonas = await command(simulator, 'post', { text: 'Hi', as: 'jonas' });
    assert.equal((jonas.ok as { creatorId: string }).creatorId, '470001002');
    const nobody = await command(simulator, 'post', { text: 'Hi', as: 'nobody' });
    assert.equal(nobody.error, 'There is nobody called nobody.');
    const empty = await command(simulator, 'post');
    assert.equal(empty.error, 'The parameter "text" is missing.');
  });

  it('answers a command it does not know, or a body that is none, with a sentence', async () => {
    assert.match(String((await command(simulator, 'toString')).error), /no command "toString"/);
    const json = { 'Content-Type': 'application/json' };
    for (const body of ['{', '[]', '"x"', '']) {
      const answer = await raw('/control', json, body);
      assert.equal(answer.status, 400);
      assert.equal(parsed(answer.body).error, 'The body is not a JSON object.');
    }
  });

  it('takes no commands from web pages', async () => {
    const body = JSON.stringify({ command: 'details' });
    const json = { 'Content-Type': 'application/json' };
    const page = await raw('/control', { ...json, Origin: 'https://evil.example' }, body);
    assert.equal(page.status, 403);
    const form = await raw('/control', { 'Content-Type': 'text/plain' }, body);
    assert.equal(form.status, 415);
    assert.ok(!page.body.includes('practice') && !form.body.includes('practice'));
  });

  it('answers to names of this machine only', async () => {
    const json = { 'Content-Type': 'application/json' };
    const body = JSON.stringify({ command: 'status' });
    const port = new URL(simulator.url).port;
    for (const host of ['evil.example', `rebound.evil.example:${port}`, '127.0.0.1.evil.example']) {
      assert.equal((await raw('/control', { ...json, Host: host }, body)).status, 403, host);
      assert.equal((await raw('/restapi', { Host: host })).status, 403, host);
    }
    for (const host of ['localhost', `practice.api.localhost:${port}`, `[::1]:${port}`]) {
      assert.equal((await raw('/control', { ...json, Host: host }, body)).status, 200, host);
    }
  });

  it('refuses a socket that was opened under another name', async () => {
    const { body } = await call(simulator, 'POST', '/restapi/oauth/wstoken', bot());
    const socket = new WebSocket(`${body.uri}?access_token=${body.ws_access_token}`, {
      headers: { Host: 'evil.example' },
    });
    const [, response] = (await once(socket, 'unexpected-response')) as [
      unknown,
      http.IncomingMessage,
    ];
    assert.equal(response.statusCode, 403);
    response.resume();
    socket.on('error', () => undefined);
    socket.terminate();
  });

  it('welcomes a browser without showing a secret', async () => {
    const { headers, text } = await call(simulator, 'GET', '/');
    assert.match(headers.get('content-type') ?? '', /text\/html/);
    const { clientId, clientSecret, jwt, botToken, engage, server } = simulator.details();
    assert.ok(text.includes(clientId) && text.includes(server));
    for (const secret of [clientSecret, jwt, botToken, engage.accessToken, engage.realtimeToken]) {
      assert.ok(!text.includes(secret));
    }
  });

  it('counts requests and refuses with 429 when a minute has had enough', async () => {
    const first = await call(simulator, 'GET', ME, bot());
    assert.equal(first.headers.get('x-rate-limit-group'), 'light');
    assert.equal(first.headers.get('x-rate-limit-limit'), '50');
    assert.equal(first.headers.get('x-rate-limit-remaining'), '49');
    assert.equal(first.headers.get('x-rate-limit-window'), '60');
    for (let n = 1; n < 50; n++)
      assert.equal((await call(simulator, 'GET', ME, bot())).status, 200);
    const over = await call(simulator, 'GET', ME, bot());
    assert.equal(over.status, 429);
    assert.equal(over.headers.get('retry-after'), '60');
    assert.equal(over.body.errorCode, 'CMN-301');
    // Another user is not concerned, and another group is not either.
    assert.equal((await call(simulator, 'GET', ME, await adminToken(simulator))).status, 200);
    assert.equal((await call(simulator, 'GET', '/team-messaging/v1/chats', bot())).status, 200);
  });

  it('begins the penalty anew with each request made during it', async () => {
    for (let n = 0; n <= 50; n++) await call(simulator, 'GET', ME, bot());
    await command(simulator, 'warp', { seconds: 59 });
    assert.equal((await call(simulator, 'GET', ME, bot())).status, 429);
    await command(simulator, 'warp', { seconds: 59 });
    assert.equal((await call(simulator, 'GET', ME, bot())).status, 429);
    await command(simulator, 'warp', { seconds: 61 });
    assert.equal((await call(simulator, 'GET', ME, bot())).status, 200);
  });

  it('allows five logins a minute, or as many as one likes', async () => {
    const login = () =>
      token(simulator, { grant_type: JWT_BEARER, assertion: simulator.details().jwt });
    for (let n = 0; n < 5; n++) assert.equal((await login()).status, 200);
    assert.equal((await login()).status, 429);
    await command(simulator, 'rateLimits', { enabled: false });
    for (let n = 0; n < 8; n++) assert.equal((await login()).status, 200);
  });

  it('fails the next calls as ordered', async () => {
    await command(simulator, 'failNext', { count: 2, status: 503, path: '/restapi' });
    const chats = '/team-messaging/v1/chats';
    assert.equal((await call(simulator, 'GET', chats, bot())).status, 200);
    const failed = await call(simulator, 'GET', ME, bot());
    assert.deepEqual([failed.status, failed.body.errorCode], [503, 'CMN-201']);
    assert.equal((await call(simulator, 'GET', ME, bot())).status, 503);
    assert.equal((await call(simulator, 'GET', ME, bot())).status, 200);
    assert.match(String((await command(simulator, 'failNext', { status: 418 })).error), /500/);
  });

  it('logs requests without what they carry', async () => {
    log.length = 0;
    await call(simulator, 'GET', `${ME}?access_token=very-secret`, bot());
    assert.deepEqual(log, [`GET ${ME} 200`]);
  });

  it('keeps the code of a port that is taken, and leaves nothing behind', async () => {
    const port = Number(new URL(simulator.url).port);
    await assert.rejects(practise({ port }), { code: 'EADDRINUSE' });
  });

  it('closes at once, with sockets open, and twice', async () => {
    const { body } = await call(simulator, 'POST', '/restapi/oauth/wstoken', bot());
    const socket = new WebSocket(`${body.uri}?access_token=${body.ws_access_token}`);
    await once(socket, 'open');
    await Promise.all([simulator.close(), simulator.close()]);
    await assert.rejects(call(simulator, 'GET', '/restapi'));
  });
});
