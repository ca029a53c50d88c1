import assert from 'node:assert/strict';
import { type Authorizer } from '../../../src/authorize';
import { HumanError } from '../../../src/base/humanError';
import { NetworkError } from '../../../src/http';
import { settle } from '../fakeClock';
import { Desk } from './desk';
import { formOf, oauthRefusal, REVOKE, TOKEN, tokens } from './scriptedHttp';

const offline = new NetworkError('Nothing answers.', { remedy: 'Wait.', code: 'ECONNREFUSED' });
const dead = oauthRefusal(400, 'invalid_grant', 'OAU-213', 'Token not found');
const HOUR = 3_600_000;

describe('sessions', () => {
  let desk: Desk;

  beforeEach(() => {
    desk = new Desk();
  });

  afterEach(() => desk.authorizer.dispose());

  function renewals(): number {
    return desk.http.to(TOKEN).filter((sent) => formOf(sent).grant_type === 'refresh_token').length;
  }

  it('hands out the same token until a minute before it expires, then one new one to all', async () => {
    const app = await desk.signedIn();
    await desk.clock.advance(HOUR - 60_001);
    assert.equal(await desk.authorizer.accessToken(app.id), 'planted-access-1');
    await desk.clock.advance(1);
    const all = await Promise.all([1, 2, 3].map(() => desk.authorizer.accessToken(app.id)));
    assert.deepEqual(all, Array(3).fill('planted-access-2'));
    assert.equal(renewals(), 1);
    assert.equal(formOf(desk.http.to(TOKEN)[1]).refresh_token, 'planted-refresh-1');
    const state = desk.authorizer.state(app.id);
    assert.ok(state.kind === 'signedIn');
    assert.equal(state.expiresAt, desk.clock.now() + HOUR);
    assert.match((await desk.store.get(`app/${app.id}/session`))!, /planted-refresh-2/);
  });

  it('does not renew a short-lived token at every use', async () => {
    desk.http.again(TOKEN, tokens(1, { expires_in: 30 }), tokens(2, { expires_in: 30 }));
    const app = await desk.signedIn();
    await desk.clock.advance(14_000);
    assert.equal(await desk.authorizer.accessToken(app.id), 'planted-access-1');
    await desk.clock.advance(1_000);
    assert.equal(await desk.authorizer.accessToken(app.id), 'planted-access-2');
  });

  it('renews a refused token once, however many requests complain of it', async () => {
    const app = await desk.signedIn();
    const both = [desk.authorizer.forceRefresh(app.id), desk.authorizer.forceRefresh(app.id)];
    assert.deepEqual(await Promise.all(both), ['planted-access-2', 'planted-access-2']);
    await desk.clock.advance(1_000);
    assert.equal(await desk.authorizer.forceRefresh(app.id), 'planted-access-2');
    assert.equal(renewals(), 1);
    await desk.clock.advance(5_000);
    assert.equal(await desk.authorizer.forceRefresh(app.id), 'planted-access-3');
  });

  it('is over when RingCentral no longer accepts the refresh token', async () => {
    const app = await desk.signedIn();
    desk.http.again(TOKEN, dead);
    await desk.clock.advance(HOUR);
    const problem = await rejection(desk.authorizer.accessToken(app.id));
    assert.equal(problem.toLine(), 'The session of “App 1” has ended (OAU-213). Sign in again.');
    assert.deepEqual(desk.authorizer.state(app.id), { kind: 'failed', problem });
    assert.equal(await desk.store.get(`app/${app.id}/session`), undefined);
    assert.equal(await rejection(desk.authorizer.accessToken(app.id)), problem);
    assert.equal(renewals(), 1);
    desk.http.again(TOKEN, tokens(9));
    await desk.authorizer.signIn(app.id, { open: desk.browser() });
    assert.equal(await desk.authorizer.accessToken(app.id), 'planted-access-9');
  });

  for (const [what, answer] of [
    ['nobody answers', offline],
    ['RingCentral asks for a pause', { status: 429, body: { errors: [{ errorCode: 'CMN-301' }] } }],
    ['the client secret was changed', oauthRefusal(401, 'invalid_client', 'OAU-146')],
  ] as const) {
    it(`goes on after ${what}`, async () => {
      const app = await desk.signedIn();
      desk.http.again(TOKEN, answer);
      await desk.clock.advance(HOUR);
      await rejection(desk.authorizer.accessToken(app.id));
      assert.equal(desk.authorizer.state(app.id).kind, 'signedIn');
      desk.http.again(TOKEN, tokens(2));
      assert.equal(await desk.authorizer.accessToken(app.id), 'planted-access-2');
    });
  }

  it('uses the last minute of a token when nobody answers', async () => {
    const app = await desk.signedIn();
    desk.http.again(TOKEN, offline);
    await desk.clock.advance(HOUR - 30_000);
    assert.equal(await desk.authorizer.accessToken(app.id), 'planted-access-1');
    await desk.clock.advance(30_000);
    assert.equal(await rejection(desk.authorizer.accessToken(app.id)), offline);
  });

  it('says how sessions get longer when the app issues no refresh tokens', async () => {
    desk.http.again(TOKEN, tokens(1, { refresh_token: undefined }));
    const app = await desk.signedIn();
    await desk.clock.advance(HOUR);
    const problem = await rejection(desk.authorizer.accessToken(app.id));
    assert.match(problem.toLine(), /has expired\. Sign in again; .*Issue refresh tokens/);
    assert.equal(desk.authorizer.state(app.id).kind, 'failed');
  });

  it('presents the JWT again instead of refreshing', async () => {
    const app = await desk.app({ grant: 'jwt', redirectUris: [] });
    await desk.authorizer.setCredential(app.id, 'jwt', 'planted.jwt.value');
    await desk.authorizer.signIn(app.id, { open: () => Promise.resolve(false) });
    await desk.clock.advance(HOUR);
    assert.equal(await desk.authorizer.accessToken(app.id), 'planted-access-2');
    assert.equal(formOf(desk.http.to(TOKEN)[1]).assertion, 'planted.jwt.value');
    desk.http.again(TOKEN, dead);
    await desk.clock.advance(HOUR);
    assert.match((await rejection(desk.authorizer.accessToken(app.id))).message, /the JWT of/);
  });

  it('says when a bot token has died, and takes a new one', async () => {
    const app = await desk.app({ grant: 'bot_token', isPublicClient: true, redirectUris: [] });
    await desk.authorizer.setCredential(app.id, 'botToken', 'planted-bot-token-1');
    await desk.authorizer.signIn(app.id, { open: () => Promise.resolve(false) });
    await desk.authorizer.setCredential(app.id, 'botToken', 'planted-bot-token-2');
    assert.equal(await desk.authorizer.forceRefresh(app.id), 'planted-bot-token-2');
    await desk.clock.advance(HOUR);
    const problem = await rejection(desk.authorizer.forceRefresh(app.id));
    assert.match(problem.toLine(), /no longer accepts the bot token.*Copy a new token/);
    assert.equal(desk.authorizer.state(app.id).kind, 'failed');
  });

  describe('across restarts and windows', () => {
    async function restarted(): Promise<Authorizer> {
      const authorizer = desk.window();
      await authorizer.restore();
      return authorizer;
    }

    it('takes up a kept session without asking anybody', async () => {
      const app = await desk.signedIn();
      const before = desk.http.sent.length;
      const next = await restarted();
      assert.deepEqual(next.state(app.id), desk.authorizer.state(app.id));
      assert.equal(await next.accessToken(app.id), 'planted-access-1');
      assert.equal(desk.http.sent.length, before);
    });

    it('renews a session that was asleep, unless its refresh token has expired too', async () => {
      const app = await desk.signedIn();
      await desk.clock.advance(24 * HOUR);
      assert.equal(await (await restarted()).accessToken(app.id), 'planted-access-2');
      await desk.clock.advance(8 * 24 * HOUR);
      const next = await restarted();
      assert.equal(next.state(app.id).kind, 'failed');
      assert.match((await rejection(next.accessToken(app.id))).message, /has expired/);
    });

    it('does not send a token to another server or for another client', async () => {
      for (const change of [{ server: 'https://evil.test' }, { clientId: 'other' }]) {
        const app = await desk.signedIn();
        await desk.apps.update({ ...app, ...change });
        assert.match((await rejection(desk.authorizer.accessToken(app.id))).message, /has changed/);
        assert.equal(desk.authorizer.state(app.id).kind, 'failed');

        const other = await desk.signedIn();
        await desk.apps.update({ ...other, ...change });
        const next = await restarted();
        assert.match((await rejection(next.accessToken(other.id))).message, /has changed/);
      }
      assert.ok(desk.http.sent.every(({ url }) => !url.includes('evil')));
    });

    it('uses the tokens that another window has got already', async () => {
      const app = await desk.signedIn();
      const other = await restarted();
      assert.equal(await other.forceRefresh(app.id), 'planted-access-2');
      assert.equal(await desk.authorizer.forceRefresh(app.id), 'planted-access-2');
      assert.equal(renewals(), 1);
    });

    it('is rescued when another window renewed at the same moment', async () => {
      const app = await desk.signedIn();
      const other = await restarted();
      const kept = `app/${app.id}/session`;
      desk.http.again(TOKEN, tokens(2));
      const text = await desk.store.get(kept);
      await other.forceRefresh(app.id);
      const renewed = await desk.store.get(kept);
      await desk.store.set(kept, text!);
      desk.http.again(TOKEN, async () => {
        await desk.store.set(kept, renewed!);
        return dead;
      });
      assert.equal(await desk.authorizer.forceRefresh(app.id), 'planted-access-2');
    });

    it('notices that another window has signed out', async () => {
      const app = await desk.signedIn();
      const other = await restarted();
      await other.signOut(app.id);
      await desk.clock.advance(HOUR);
      assert.match((await rejection(desk.authorizer.accessToken(app.id))).message, /not signed in/);
      assert.deepEqual(desk.authorizer.state(app.id), { kind: 'signedOut' });
      assert.equal(renewals(), 0);
    });

    it('ignores a kept session that cannot be read', async () => {
      const app = await desk.signedIn();
      await desk.store.set(`app/${app.id}/session`, '{"version":9}');
      assert.deepEqual((await restarted()).state(app.id), { kind: 'signedOut' });
    });

    it('shows the keychain’s trouble on the app and takes up the others', async () => {
      const [app, other] = [await desk.signedIn(), await desk.signedIn()];
      const get = desk.store.get.bind(desk.store);
      const locked = new HumanError('The keychain is locked.', { remedy: 'Unlock it.' });
      desk.store.get = (name) => (name.includes(app.id) ? Promise.reject(locked) : get(name));
      const next = await restarted();
      assert.deepEqual(next.state(app.id), { kind: 'failed', problem: locked });
      assert.equal(next.state(other.id).kind, 'signedIn');
      desk.store.get = get;
      await next.restore();
      assert.equal(next.state(app.id).kind, 'signedIn');
    });
  });

  it('stays signed in for this run when the keychain fails, and says so', async () => {
    const app = await desk.app();
    const locked = new HumanError('The keychain is locked.', { remedy: 'Unlock it.' });
    desk.store.set = () => Promise.reject(locked);
    const state = await desk.authorizer.signIn(app.id, { open: desk.browser() });
    assert.ok(state.kind === 'signedIn');
    assert.equal(state.notKept, locked);
    assert.match(desk.lines.join('\n'), /could not be kept: The keychain is locked/);
    await desk.clock.advance(HOUR);
    assert.equal(await desk.authorizer.accessToken(app.id), 'planted-access-2');
  });

  describe('signing out', () => {
    it('ends the session here and at RingCentral, and keeps the credentials', async () => {
      const app = await desk.signedIn();
      await desk.authorizer.signOut(app.id);
      assert.deepEqual(desk.authorizer.state(app.id), { kind: 'signedOut' });
      assert.equal(await desk.store.get(`app/${app.id}/session`), undefined);
      assert.equal(formOf(desk.http.to(REVOKE)[0]).token, 'planted-access-1');
      assert.equal(await desk.authorizer.hasCredential(app.id, 'clientSecret'), true);
      await rejection(desk.authorizer.accessToken(app.id));
    });

    it('does not fail when RingCentral cannot be told', async () => {
      for (const answer of [offline, { status: 400, body: {} }]) {
        const app = await desk.signedIn();
        desk.http.again(REVOKE, answer);
        await desk.authorizer.signOut(app.id);
        assert.equal(await desk.store.get(`app/${app.id}/session`), undefined);
      }
    });

    it('revokes the refresh token when the access token has expired', async () => {
      const app = await desk.signedIn();
      await desk.clock.advance(HOUR);
      await desk.authorizer.signOut(app.id);
      assert.equal(formOf(desk.http.to(REVOKE)[0]).token, 'planted-refresh-1');
    });

    it('never revokes a bot token, which would be lost for good', async () => {
      const app = await desk.app({ grant: 'bot_token', isPublicClient: true, redirectUris: [] });
      await desk.authorizer.setCredential(app.id, 'botToken', 'planted-bot-token');
      await desk.authorizer.signIn(app.id, { open: () => Promise.resolve(false) });
      await desk.authorizer.signOut(app.id);
      assert.equal(desk.http.to(REVOKE).length, 0);
      assert.deepEqual(desk.authorizer.state(app.id), { kind: 'signedOut' });
      assert.equal(await desk.authorizer.hasCredential(app.id, 'botToken'), true);
    });

    it('is not undone by a renewal that was under way', async () => {
      const app = await desk.signedIn();
      let answer: (value: ReturnType<typeof tokens>) => void = () => undefined;
      desk.http.again(TOKEN, () => new Promise((resolve) => (answer = resolve)));
      await desk.clock.advance(HOUR);
      const token = rejection(desk.authorizer.accessToken(app.id));
      await settle();
      await desk.authorizer.signOut(app.id);
      answer(tokens(2));
      assert.match((await token).message, /signed out meanwhile/);
      assert.deepEqual(desk.authorizer.state(app.id), { kind: 'signedOut' });
      assert.equal(await desk.store.get(`app/${app.id}/session`), undefined);
      const revoked = desk.http.to(REVOKE).map((sent) => formOf(sent).token);
      assert.ok(revoked.includes('planted-access-2'));
    });

    it('ends a sign-in that waits for its browser', async () => {
      const app = await desk.app();
      const never = new Promise<boolean>(() => undefined);
      const signIn = rejection(desk.authorizer.signIn(app.id, { open: () => never }));
      while (desk.clock.pending === 0) await settle(1);
      await desk.authorizer.signOut(app.id);
      assert.equal((await signIn).code, 'cancelled');
      assert.deepEqual(desk.authorizer.state(app.id), { kind: 'signedOut' });
      assert.equal(desk.clock.pending, 0);
    });
  });

  it('forgets all secrets of an app, also one that is gone from the list', async () => {
    const app = await desk.signedIn();
    await desk.authorizer.setCredential(app.id, 'jwt', 'planted.jwt.value');
    await desk.apps.remove(app.id);
    await desk.authorizer.forget(app.id);
    for (const name of ['session', 'clientSecret', 'jwt', 'botToken']) {
      assert.equal(await desk.store.get(`app/${app.id}/${name}`), undefined);
    }
    assert.deepEqual(desk.authorizer.state(app.id), { kind: 'signedOut' });
  });
});

async function rejection(promise: Promise<unknown>): Promise<HumanError> {
  const error = await promise.then(
    () => assert.fail('no rejection'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof HumanError, String(error));
  return error;
}
