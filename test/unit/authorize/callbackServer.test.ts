import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { CallbackServer } from '../../../src/authorize/callbackServer';
import { HumanError } from '../../../src/base/humanError';
import { freePort, hasIPv6, occupy, visit } from './browser';
import { skipBecause } from '../../skip';

describe('CallbackServer', () => {
  const servers: CallbackServer[] = [];

  async function listen(...redirectUris: string[]): Promise<CallbackServer> {
    const server = await CallbackServer.listen(redirectUris, 'the-state');
    servers.push(server);
    return server;
  }

  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.dispose()));
  });

  it('waits through hostile requests for the one answer, and shows its page to that one only', async () => {
    const redirectUri = `http://localhost:${await freePort()}/cb`;
    const server = await listen(redirectUri);
    const hostile = [
      await visit(`${redirectUri}?code=evil&state=guess`),
      await visit(`${redirectUri}?code=evil`),
      await visit(`${redirectUri}?code=a&code=b&state=the-state`),
      await visit(`${redirectUri}?code=a&state=the-state`, { host: 'evil.test' }),
      await visit(`${redirectUri}?code=a&state=the-state`, { method: 'POST' }),
      await visit(`${redirectUri}?error=access_denied`),
      await visit(new URL('/favicon.ico', redirectUri).toString()),
      await visit(`${redirectUri}?state=the-state&code=${'x'.repeat(6000)}`),
      await visit(`${redirectUri}?state=the-state&code=${'x'.repeat(20_000)}`),
    ];
    assert.deepEqual(
      hostile.map((page) => page.status),
      [400, 400, 400, 400, 405, 400, 404, 400, 431],
    );
    assert.match(server.nearMiss ?? '', /no usable code/);

    const tab = visit(`${redirectUri}?code=right&state=the-state`);
    const { outcome, show } = await server.arrival;
    assert.deepEqual(outcome, { kind: 'code', code: 'right' });
    const second = await visit(`${redirectUri}?code=other&state=the-state`);
    assert.equal(second.status, 400);
    await show({ status: 200, title: 'You are <in>', text: 'Well & good' });
    const page = await tab;
    assert.equal(page.status, 200);
    assert.match(page.text, /You are &lt;in&gt;/);
    assert.match(page.text, /Well &amp; good/);
    assert.match(page.text, /You can close this tab\./);
  });

  it('answers with pages that load nothing, are kept nowhere and tell nobody the address', async () => {
    const redirectUri = `http://127.0.0.1:${await freePort()}/cb`;
    await listen(redirectUri);
    const { headers, text } = await visit(`${redirectUri}?error=%3Cscript%3Ealert(1)%3C/script%3E`);
    assert.equal(headers['cache-control'], 'no-store');
    assert.equal(headers['referrer-policy'], 'no-referrer');
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.match(String(headers['content-security-policy']), /default-src 'none'/);
    assert.doesNotMatch(text, /<script|src=|href=|url\(/);
    assert.match(text, /&lt;script&gt;/);
  });

  it('names GET when it is asked in another way', async () => {
    const redirectUri = `http://127.0.0.1:${await freePort()}/cb`;
    await listen(redirectUri);
    const { status, headers } = await visit(redirectUri, { method: 'PUT' });
    assert.equal(status, 405);
    assert.equal(headers.allow, 'GET');
  });

  it('takes the next redirect URI when a port is taken', async () => {
    const taken = await occupy();
    const free = await freePort();
    const server = await listen(`http://127.0.0.1:${taken.port}/cb`, `http://127.0.0.1:${free}/cb`);
    assert.equal(server.redirectUri, `http://127.0.0.1:${free}/cb`);
    await taken.free();
  });

  it('names the ports when all of them are taken', async () => {
    const [one, two] = [await occupy(), await occupy()];
    const uris = [one, two].map(({ port }) => `http://localhost:${port}/cb`);
    await assert.rejects(CallbackServer.listen(uris, 's'), (error: unknown) => {
      assert.ok(error instanceof HumanError);
      assert.equal(error.code, 'EADDRINUSE');
      assert.ok(error.message.includes(`(${one.port}, ${two.port})`));
      assert.match(error.remedy, /register/);
      return true;
    });
    await Promise.all([one.free(), two.free()]);
  });

  it('needs a redirect URI of this machine', async () => {
    await assert.rejects(CallbackServer.listen(['https://bot.example.test/cb'], 's'), (error) => {
      assert.ok(error instanceof HumanError);
      assert.match(error.remedy, /localhost:4748/);
      return true;
    });
  });

  it('answers “localhost” on both of its addresses', async function () {
    if (!(await hasIPv6())) skipBecause(this, 'this machine has no IPv6');
    const redirectUri = `http://localhost:${await freePort()}/cb`;
    await listen(redirectUri);
    for (const address of ['127.0.0.1', '::1']) {
      const { status } = await visit(`${redirectUri}?code=x`, { address });
      assert.equal(status, 400);
    }
  });

  it('does not share “localhost” with a program on its other address', async function () {
    if (!(await hasIPv6())) skipBecause(this, 'this machine has no IPv6');
    const other = await occupy(0, '::1');
    const uri = `http://localhost:${other.port}/cb`;
    await assert.rejects(CallbackServer.listen([uri], 's'), { code: 'EADDRINUSE' });
    await other.free();
    const server = await listen(uri);
    assert.equal(server.redirectUri, uri);
  });

  it('listens on this machine only', async () => {
    const redirectUri = `http://127.0.0.1:${await freePort()}/cb`;
    const server = await listen(redirectUri);
    const other = await occupy(Number(new URL(redirectUri).port), '127.0.0.2');
    await other.free();
    assert.equal(server.redirectUri, redirectUri);
  });

  it('gives the port back at once, whoever still holds a connection', async () => {
    const port = await freePort();
    const server = await listen(`http://127.0.0.1:${port}/cb`);
    const idle = connect(port, '127.0.0.1');
    const closed = new Promise((resolve) => idle.once('close', resolve));
    idle.on('error', () => undefined);
    await new Promise((resolve) => idle.once('connect', resolve));
    await server.dispose();
    await closed;
    const { free } = await occupy(port);
    await free();
  });
});
