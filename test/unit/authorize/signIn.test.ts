import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { HumanError } from '../../../src/base/humanError';
import { settle } from '../fakeClock';
import { backFrom, occupy, visit } from './browser';
import { Desk, SECRET } from './desk';
import { EXTENSION, formOf, oauthRefusal, REVOKE, TOKEN } from './scriptedHttp';

const never = new Promise<boolean>(() => undefined);

describe('signing in', () => {
  let desk: Desk;

  beforeEach(() => {
    desk = new Desk();
  });

  afterEach(async () => {
    await desk.authorizer.dispose();
    assert.equal(desk.clock.pending, 0, 'no timer is left');
  });

  async function failure(signIn: Promise<unknown>): Promise<HumanError> {
    const error = await signIn.then(
      () => assert.fail('signed in'),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof HumanError, String(error));
    return error;
  }

  it('goes through the browser with PKCE and tells both sides how it ended', async () => {
    const app = await desk.app();
    let asked = new URLSearchParams();
    const open = (url: string, redirectUri: string): Promise<boolean> => {
      asked = new URL(url).searchParams;
      assert.equal(redirectUri, app.redirectUris[0]);
      return desk.browser()(url, redirectUri);
    };
    const state = await desk.authorizer.signIn(app.id, { open });
    assert.deepEqual(state, {
      kind: 'signedIn',
      person: { id: '101', name: 'Ada', extensionNumber: '7' },
      scope: 'ReadAccounts TeamMessaging',
      expiresAt: desk.clock.now() + 3_600_000,
    });
    assert.deepEqual(
      desk.states.map(({ kind }) => kind),
      ['signingIn', 'signedIn'],
    );
    const form = formOf(desk.http.to(TOKEN)[0]);
    assert.equal(form.code, 'planted-code');
    assert.equal(form.redirect_uri, app.redirectUris[0]);
    const challenge = createHash('sha256').update(form.code_verifier!).digest('base64url');
    assert.equal(asked.get('code_challenge'), challenge);
    assert.equal(asked.get('code_challenge_method'), 'S256');
    assert.ok(asked.get('state')!.length >= 43);
    const page = await desk.page();
    assert.equal(page.status, 200);
    assert.match(page.text, /You are signed in/);
    assert.equal(await desk.authorizer.accessToken(app.id), 'planted-access-1');
  });

  it('uses another state and verifier each time', async () => {
    const app = await desk.signedIn();
    await desk.authorizer.signIn(app.id, { open: desk.browser() });
    const [one, two] = desk.http.to(TOKEN).map((request) => formOf(request).code_verifier);
    assert.notEqual(one, two);
    assert.equal(await desk.authorizer.accessToken(app.id), 'planted-access-2');
  });

  it('signs a public app in without a client secret', async () => {
    const app = await desk.app({ isPublicClient: true });
    await desk.authorizer.signIn(app.id, { open: desk.browser() });
    assert.equal(formOf(desk.http.sent[0]).client_id, 'client');
    assert.equal(desk.http.sent[0]?.headers?.authorization, undefined);
  });

  it('says that the consent was refused, in the browser too', async () => {
    const app = await desk.app();
    const problem = await failure(
      desk.authorizer.signIn(app.id, { open: desk.browser({ error: 'access_denied' }) }),
    );
    assert.equal(problem.message, 'The consent was refused in the browser.');
    assert.match(problem.remedy, /allow “App 1”/);
    assert.deepEqual(desk.authorizer.state(app.id), { kind: 'failed', problem });
    const page = await desk.page();
    assert.equal(page.status, 400);
    assert.match(page.text, /consent was refused/);
    await assert.rejects(desk.authorizer.accessToken(app.id), problem);
  });

  it('shows what else RingCentral answered, escaped', async () => {
    const app = await desk.app();
    const answer = { error: 'invalid_scope', error_description: '<b>No</b> such scope' };
    const problem = await failure(desk.authorizer.signIn(app.id, { open: desk.browser(answer) }));
    assert.match(problem.message, /invalid_scope, “<b>No<\/b> such scope”/);
    assert.match((await desk.page()).text, /&lt;b&gt;No&lt;\/b&gt; such scope/);
  });

  it('tells the browser when the code could not be exchanged', async () => {
    desk.http.again(
      TOKEN,
      oauthRefusal(400, 'invalid_grant', 'OAU-109', 'Redirect URIs do not match'),
    );
    const app = await desk.app();
    const problem = await failure(desk.authorizer.signIn(app.id, { open: desk.browser() }));
    assert.equal(problem.code, 'OAU-109');
    const page = await desk.page();
    assert.equal(page.status, 400);
    assert.match(page.text, /OAU-109/);
    assert.equal(desk.authorizer.state(app.id).kind, 'failed');
  });

  it('waits five minutes, then says so and gives the port back', async () => {
    const app = await desk.app();
    const signIn = failure(desk.authorizer.signIn(app.id, { open: () => never }));
    while (desk.clock.pending === 0) await settle(1);
    await desk.clock.advance(299_999);
    assert.equal(desk.authorizer.state(app.id).kind, 'signingIn');
    await desk.clock.advance(1);
    const problem = await signIn;
    assert.match(problem.message, /did not come back within 300 s\./);
    const { free } = await occupy(Number(new URL(app.redirectUris[0]!).port));
    await free();
  });

  it('says at the end what was wrong with the answer that came', async () => {
    const app = await desk.app();
    let back = '';
    const signIn = failure(
      desk.authorizer.signIn(app.id, {
        open: async (url) => {
          back = backFrom(url, { code: 'planted-code', state: 'stolen' });
          return (await visit(back)).status === 400;
        },
      }),
    );
    while (back === '') await settle(1);
    await settle();
    while ((await visit(back)).status !== 400);
    await desk.clock.advance(300_000);
    assert.match((await signIn).message, /valid answer within 300 s: .*another sign-in/);
    assert.equal(desk.http.sent.length, 0);
  });

  for (const [what, open] of [
    ['is not opened', () => Promise.resolve(false)],
    ['cannot be opened', () => Promise.reject(new Error('no browser'))],
  ] as const) {
    it(`says so when the browser ${what}`, async () => {
      const app = await desk.app();
      const problem = await failure(desk.authorizer.signIn(app.id, { open }));
      assert.match(problem.message, /browser could not be opened/);
    });
  }

  it('is cancelled by its signal, which is no failure', async () => {
    const app = await desk.app();
    const controller = new AbortController();
    const signIn = failure(
      desk.authorizer.signIn(app.id, { open: () => never, signal: controller.signal }),
    );
    while (desk.clock.pending === 0) await settle(1);
    controller.abort();
    assert.equal((await signIn).code, 'cancelled');
    assert.deepEqual(desk.authorizer.state(app.id), { kind: 'signedOut' });
    const already = desk.authorizer.signIn(app.id, {
      open: () => never,
      signal: controller.signal,
    });
    assert.equal((await failure(already)).code, 'cancelled');
  });

  it('lets a newer sign-in take the place of one that waits, on the same port', async () => {
    const app = await desk.app();
    const first = failure(desk.authorizer.signIn(app.id, { open: () => never }));
    while (desk.clock.pending === 0) await settle(1);
    const second = await desk.authorizer.signIn(app.id, { open: desk.browser() });
    assert.equal(second.kind, 'signedIn');
    assert.match((await first).message, /newer sign-in/);
    assert.equal(desk.authorizer.state(app.id).kind, 'signedIn');
  });

  it('keeps an earlier session when signing in again does not work', async () => {
    const app = await desk.signedIn();
    await failure(
      desk.authorizer.signIn(app.id, { open: desk.browser({ error: 'access_denied' }) }),
    );
    assert.equal(desk.authorizer.state(app.id).kind, 'signedIn');
    assert.equal(await desk.authorizer.accessToken(app.id), 'planted-access-1');
  });

  it('asks for the client secret before it opens the browser', async () => {
    const app = await desk.app();
    await desk.store.delete(`app/${app.id}/clientSecret`);
    const problem = await failure(
      desk.authorizer.signIn(app.id, { open: () => assert.fail('opened') }),
    );
    assert.match(problem.toLine(), /No client secret is kept for “App 1”\. Set/);
  });

  it('signs in with a JWT credential, and says when there is none', async () => {
    const app = await desk.app({ grant: 'jwt', redirectUris: [] });
    const open = (): never => assert.fail('opened');
    assert.match((await failure(desk.authorizer.signIn(app.id, { open }))).message, /No JWT/);
    await desk.authorizer.setCredential(app.id, 'jwt', ' planted.jwt.value\n');
    const state = await desk.authorizer.signIn(app.id, { open });
    assert.equal(state.kind, 'signedIn');
    assert.equal(formOf(desk.http.to(TOKEN)[0]).assertion, 'planted.jwt.value');
    const basic = `Basic ${Buffer.from(`client:${SECRET}`).toString('base64')}`;
    assert.equal(desk.http.to(TOKEN)[0]?.headers?.authorization, basic);
  });

  it('takes a bot token as it is, and asks whose it is', async () => {
    const app = await desk.app({
      grant: 'bot_token',
      clientId: '',
      redirectUris: [],
      isPublicClient: true,
    });
    const open = (): never => assert.fail('opened');
    assert.match((await failure(desk.authorizer.signIn(app.id, { open }))).message, /No bot token/);
    await desk.authorizer.setCredential(app.id, 'botToken', 'planted-bot-token');
    await desk.authorizer.signIn(app.id, { open });
    assert.equal(desk.http.to(TOKEN).length, 0);
    const [who] = desk.http.to(EXTENSION);
    assert.equal(who?.headers?.authorization, 'Bearer planted-bot-token');
    await desk.clock.advance(400 * 86_400_000);
    assert.equal(await desk.authorizer.accessToken(app.id), 'planted-bot-token');
  });

  it('does not keep a token that does not work, and ends its session', async () => {
    desk.http.again(EXTENSION, { status: 401, body: { errors: [{ errorCode: 'OAU-149' }] } });
    const app = await desk.app();
    const problem = await failure(desk.authorizer.signIn(app.id, { open: desk.browser() }));
    assert.equal(problem.code, 'OAU-149');
    assert.equal(desk.http.to(REVOKE).length, 1);
    assert.equal(await desk.store.get(`app/${app.id}/session`), undefined);
  });

  it('signs in an app that may not read accounts, by the owner of the token', async () => {
    desk.http.again(EXTENSION, { status: 403, body: { errors: [{ errorCode: 'CMN-401' }] } });
    const app = await desk.signedIn();
    const state = desk.authorizer.state(app.id);
    assert.ok(state.kind === 'signedIn');
    assert.deepEqual(state.person, { id: '101', name: 'Extension 101' });
  });

  it('refuses an app that is gone and a credential that is empty', async () => {
    await failure(desk.authorizer.signIn('gone', { open: () => never }));
    await failure(desk.authorizer.accessToken('gone'));
    await failure(desk.authorizer.setCredential('x', 'jwt', ' \n'));
    assert.equal(await desk.authorizer.hasCredential('x', 'jwt'), false);
  });
});
