import assert from 'node:assert/strict';
import { AppRegistry, type AppProfile } from '../../src/apps';
import { Authorizer, type OpenPage } from '../../src/authorize';
import { systemClock } from '../../src/base/clock';
import { HumanError } from '../../src/base/humanError';
import { silentLog } from '../../src/base/log';
import { Redactor } from '../../src/base/redact';
import { HttpClient } from '../../src/http';
import { MemoryStore } from '../../src/keychain';
import { RingCentralClient } from '../../src/ringcentral';
import { type Simulator } from '../../src/simulator';
import { FakeClock } from '../unit/fakeClock';
import { freePort } from '../unit/authorize/browser';
import { command, practise } from './practice';

const HOUR_SECONDS = 3600;

describe('the authorizer against the practice platform', () => {
  let simulator: Simulator;
  let http: HttpClient;
  let apps: AppRegistry;
  let authorizer: Authorizer;
  let redirectUri: string;
  let pages: string[];
  const redactor = new Redactor();
  const store = new MemoryStore();
  const clock = new FakeClock(Date.now());

  beforeEach(async () => {
    simulator = await practise();
    http = new HttpClient({ log: silentLog, redactor });
    let profiles: unknown;
    apps = new AppRegistry({
      read: () => profiles,
      write: (value) => Promise.resolve((profiles = value)).then(() => undefined),
    });
    authorizer = window();
    pages = [];
    redirectUri = `http://127.0.0.1:${await freePort()}/callback`;
    await command(simulator, 'redirectUri', { uri: redirectUri });
  });

  afterEach(async () => {
    await authorizer.dispose();
    await http.dispose();
    await simulator.close();
  });

  function window(): Authorizer {
    const secrets = (): Promise<MemoryStore> => Promise.resolve(store);
    return new Authorizer({ apps, secrets, http, clock, log: silentLog, redactor });
  }

  async function add(more: Partial<AppProfile> = {}): Promise<AppProfile> {
    const { server, clientId, clientSecret } = simulator.details();
    const app = await apps.add({
      name: 'Practice',
      environment: 'simulator',
      server,
      clientId,
      grant: 'authorization_code',
      isPublicClient: false,
      redirectUris: [redirectUri],
      ...more,
    });
    if (!app.isPublicClient) await authorizer.setCredential(app.id, 'clientSecret', clientSecret);
    return app;
  }

  /** A browser in which somebody presses a button of the consent page. */
  function pressing(decision: 'allow' | 'deny'): OpenPage {
    return async (url) => {
      const consent = await fetch(url, { headers: { accept: 'text/html' } });
      const html = await consent.text();
      pages.push(html);
      const hidden = (name: string): string =>
        new RegExp(`name="${name}" value="([^"]+)"`).exec(html)?.[1] ?? '';
      if (!consent.ok) return true;
      const answer = await fetch(new URL('/restapi/oauth/authorize', url), {
        method: 'POST',
        redirect: 'manual',
        body: new URLSearchParams({
          ticket: hidden('ticket'),
          person: hidden('person'),
          decision,
        }),
      });
      const back = await fetch(answer.headers.get('location') ?? '');
      pages.push(await back.text());
      return true;
    };
  }

  function clientOf(app: AppProfile): RingCentralClient {
    return new RingCentralClient({
      http,
      server: app.server,
      accessToken: () => authorizer.accessToken(app.id),
      refreshed: () => authorizer.forceRefresh(app.id),
    });
  }

  /** Lets time pass on both sides. */
  async function warp(seconds: number): Promise<void> {
    await command(simulator, 'warp', { seconds });
    await clock.advance(seconds * 1000);
  }

  async function failure(promise: Promise<unknown>): Promise<HumanError> {
    const error = await promise.then(
      () => assert.fail('no failure'),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof HumanError, String(error));
    return error;
  }

  for (const isPublicClient of [false, true]) {
    const kind = isPublicClient ? 'public' : 'confidential';
    it(`signs a ${kind} app in, works, renews and signs out`, async () => {
      const { publicClientId, clientId } = simulator.details();
      const app = await add({
        isPublicClient,
        clientId: isPublicClient ? publicClientId : clientId,
      });
      const state = await authorizer.signIn(app.id, { open: pressing('allow') });
      assert.ok(state.kind === 'signedIn');
      const self = await clientOf(app).extension();
      assert.deepEqual(state.person.id, self.id);
      assert.match(state.scope, /TeamMessaging/);

      const first = await authorizer.accessToken(app.id);
      await warp(HOUR_SECONDS - 30);
      assert.ok((await clientOf(app).chats()).length > 0);
      assert.notEqual(await authorizer.accessToken(app.id), first);

      const next = window();
      await next.restore();
      assert.equal(next.state(app.id).kind, 'signedIn');
      const last = await next.accessToken(app.id);
      await authorizer.signOut(app.id);
      const answer = await fetch(`${app.server}/restapi/v1.0/account/~/extension/~`, {
        headers: { authorization: `Bearer ${last}` },
      });
      assert.equal(answer.status, 401);
    });
  }

  it('hears that somebody pressed Deny', async () => {
    const app = await add();
    const problem = await failure(authorizer.signIn(app.id, { open: pressing('deny') }));
    assert.equal(problem.code, 'access_denied');
    assert.equal(authorizer.state(app.id).kind, 'failed');
  });

  it('hears that the client secret is wrong, and the browser does', async () => {
    const app = await add();
    await authorizer.setCredential(app.id, 'clientSecret', 'not-the-client-secret');
    const problem = await failure(authorizer.signIn(app.id, { open: pressing('allow') }));
    assert.equal(problem.code, 'OAU-146');
    assert.doesNotMatch(problem.toLine(), /not-the-client-secret/);
  });

  it('is over after the session was ended elsewhere', async () => {
    const app = await add();
    await authorizer.signIn(app.id, { open: pressing('allow') });
    const { clientId, clientSecret, server } = simulator.details();
    await fetch(`${server}/restapi/oauth/revoke`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
      },
      body: new URLSearchParams({ token: await authorizer.accessToken(app.id) }),
    });
    const problem = await failure(clientOf(app).chats());
    assert.equal(problem.remedy, 'Sign in again.');
    assert.equal(authorizer.state(app.id).kind, 'failed');
  });

  it('is over when it slept longer than its refresh token lives', async () => {
    const app = await add();
    await authorizer.signIn(app.id, { open: pressing('allow') });
    await warp(8 * 24 * HOUR_SECONDS);
    const problem = await failure(authorizer.accessToken(app.id));
    assert.match(problem.remedy, /Sign in again/);
  });

  it('serves two windows with one renewal', async () => {
    const app = await add();
    await authorizer.signIn(app.id, { open: pressing('allow') });
    const other = window();
    await other.restore();
    await warp(HOUR_SECONDS);
    const tokens = await Promise.all([authorizer.accessToken(app.id), other.accessToken(app.id)]);
    // Both asked with the same refresh token; the platform gives the same new pair for a while.
    assert.equal(tokens[0], tokens[1]);
    assert.ok((await clientOf(app).chats()).length > 0);
    await other.dispose();
  });

  it('signs in with a JWT credential and goes on after an hour', async () => {
    const app = await add({ grant: 'jwt', redirectUris: [] });
    await authorizer.setCredential(app.id, 'jwt', simulator.details().jwt);
    const state = await authorizer.signIn(app.id, { open: () => Promise.resolve(false) });
    assert.equal(state.kind, 'signedIn');
    await warp(HOUR_SECONDS);
    assert.ok((await clientOf(app).chats()).length > 0);
    await authorizer.setCredential(app.id, 'jwt', 'no.such.jwt');
    const problem = await failure(
      authorizer.signIn(app.id, { open: () => Promise.resolve(false) }),
    );
    assert.match(problem.toLine(), /JWT/);
  });

  it('signs in with a bot token, which survives signing out', async () => {
    const app = await add({ grant: 'bot_token', isPublicClient: true, redirectUris: [] });
    await authorizer.setCredential(app.id, 'botToken', simulator.details().botToken);
    const open = (): Promise<boolean> => Promise.resolve(false);
    const state = await authorizer.signIn(app.id, { open });
    assert.ok(state.kind === 'signedIn');
    assert.match(state.person.name, /bot/i);
    await authorizer.signOut(app.id);
    assert.equal((await authorizer.signIn(app.id, { open })).kind, 'signedIn');
  });

  it('keeps its session while the platform is away', async () => {
    const app = await add();
    await authorizer.signIn(app.id, { open: pressing('allow') });
    await simulator.close();
    await clock.advance(HOUR_SECONDS * 1000);
    assert.equal((await failure(authorizer.accessToken(app.id))).code, 'ECONNREFUSED');
    assert.equal(authorizer.state(app.id).kind, 'signedIn');
  });

  it('is told by the consent page, not by a callback, that the redirect URI is not registered', async () => {
    const app = await add({ redirectUris: [`http://127.0.0.1:${await freePort()}/other`] });
    const controller = new AbortController();
    const open: OpenPage = async (url, back) => {
      const isOpen = await pressing('allow')(url, back);
      controller.abort();
      return isOpen;
    };
    const problem = await failure(authorizer.signIn(app.id, { open, signal: controller.signal }));
    assert.equal(problem.code, 'cancelled');
    assert.match(pages[0] ?? '', /OAU-109/);
  });

  it('shows in the browser how it ended, by the real clock too', async () => {
    const app = await add();
    const secrets = (): Promise<MemoryStore> => Promise.resolve(store);
    const log = silentLog;
    const real = new Authorizer({ apps, secrets, http, clock: systemClock, log, redactor });
    let opened: Promise<boolean> | undefined;
    const open: OpenPage = (url, back) => (opened = pressing('allow')(url, back));
    await real.signIn(app.id, { open });
    await opened;
    assert.match(pages[1] ?? '', /You are signed in/);
    await real.dispose();
  });
});
