import assert from 'node:assert/strict';
import type { Simulator } from '../../src/simulator';
import {
  authorizeUrl,
  basic,
  call,
  command,
  consent,
  JWT_BEARER,
  pkce,
  practise,
  pressButton,
  token,
} from './practice';

describe('RingCentral on the practice platform: OAuth', () => {
  let simulator: Simulator;
  before(async () => {
    simulator = await practise({ assumptions: { rateLimitsEnabled: false } });
  });
  after(() => simulator.close());

  const codeFor = async (params: Record<string, string> = {}): Promise<string> => {
    const { redirect } = await consent(authorizeUrl(simulator, params));
    return redirect?.searchParams.get('code') ?? '';
  };
  const byCode = (code: string, extra: Record<string, string> = {}) => ({
    grant_type: 'authorization_code',
    code,
    redirect_uri: simulator.details().redirectUri,
    ...extra,
  });

  it('returns to the redirect URI with a code, its life and the state as it was', async () => {
    const state = 'a b+c&d=é"<';
    const { status, redirect } = await consent(authorizeUrl(simulator, { state }));
    assert.equal(status, 302);
    assert.equal(`${redirect?.origin}${redirect?.pathname}`, simulator.details().redirectUri);
    assert.deepEqual([...redirect!.searchParams.keys()], ['code', 'state', 'expires_in']);
    assert.equal(redirect?.searchParams.get('state'), state);
    assert.equal(redirect.searchParams.get('expires_in'), '60');
  });

  it('shows a page that names the app and escapes what it was given', async () => {
    const uri = `http://127.0.0.1:4751/back?x="><script>alert(1)</script>`;
    await command(simulator, 'redirectUri', { uri });
    const response = await fetch(authorizeUrl(simulator, { redirect_uri: uri }));
    const page = await response.text();
    assert.equal(response.status, 200);
    assert.match(response.headers.get('content-security-policy') ?? '', /default-src 'none'/);
    assert.match(page, /Practice app asks for access/);
    assert.ok(!page.includes('<script>'));
    assert.ok(page.includes('&lt;script&gt;'));
  });

  it('takes the empty parameters of the official SDK as absent', async () => {
    const empty = { state: '', brand_id: '', display: '', prompt: '', code_challenge: '' };
    const { redirect } = await consent(authorizeUrl(simulator, empty));
    assert.equal(redirect?.searchParams.has('state'), false);
    const code = redirect.searchParams.get('code') ?? '';
    assert.equal((await token(simulator, byCode(code))).status, 200);
  });

  it('tells the app of a refusal, with the state', async () => {
    const { redirect } = await consent(authorizeUrl(simulator, { state: 's1' }), {
      decision: 'deny',
    });
    assert.equal(redirect?.searchParams.get('error'), 'access_denied');
    assert.ok(redirect.searchParams.get('error_description'));
    assert.equal(redirect.searchParams.get('state'), 's1');
    assert.equal(redirect.searchParams.has('code'), false);
  });

  it('signs in the person who was chosen', async () => {
    const { redirect } = await consent(authorizeUrl(simulator), { person: '470001002' });
    const { body } = await token(simulator, byCode(redirect?.searchParams.get('code') ?? ''));
    assert.equal(body.owner_id, '470001002');
  });

  it('does not redirect to an address that is not registered letter by letter', async () => {
    const wrong = simulator.details().redirectUri + '/';
    const url = authorizeUrl(simulator, { redirect_uri: wrong });
    const { status, redirect, page } = await consent(url);
    assert.deepEqual([status, redirect], [403, undefined]);
    assert.match(page, /OAU-109/);

    const forPrograms = await fetch(url, { redirect: 'manual' });
    const body = (await forPrograms.json()) as { errors: { errorCode: string }[] };
    assert.equal(forPrograms.status, 403);
    assert.equal(body.errors[0]?.errorCode, 'OAU-109');
  });

  it('does not redirect for an app that is unknown', async () => {
    const { status, redirect, page } = await consent(
      authorizeUrl(simulator, { client_id: 'nobody' }),
    );
    assert.deepEqual([status, redirect], [403, undefined]);
    assert.match(page, /OAU-146/);
  });

  it('accepts a press of Allow once, and only from its own page', async () => {
    const url = new URL('/restapi/oauth/authorize', simulator.url);
    const page = await (await fetch(authorizeUrl(simulator))).text();
    const ticket = /name="ticket"\s+value="([^"]+)"/.exec(page)?.[1] ?? '';
    const form = { ticket, person: '470001001', decision: 'allow' };
    const forged = await pressButton(url, { ...form, ticket: 'forged' });
    assert.deepEqual([forged.status, forged.redirect], [400, undefined]);
    assert.equal((await pressButton(url, form)).status, 302);
    assert.equal((await pressButton(url, form)).status, 400);
  });

  it('answers a code with tokens of type bearer, in the documented shape', async () => {
    const { status, body, headers } = await token(simulator, byCode(await codeFor()));
    assert.equal(status, 200);
    assert.equal(body.token_type, 'bearer');
    assert.equal(body.expires_in, 3600);
    assert.equal(body.refresh_token_expires_in, 604800);
    assert.equal(body.owner_id, '470001001');
    assert.match(body.scope, /TeamMessaging/);
    assert.ok(body.session_id && body.endpoint_id && body.refresh_token);
    assert.ok(Number(headers.get('content-length')) > 0);
    assert.equal(headers.get('transfer-encoding'), null);
  });

  it('takes a code once', async () => {
    const code = await codeFor();
    assert.equal((await token(simulator, byCode(code))).status, 200);
    const again = await token(simulator, byCode(code));
    assert.equal(again.status, 400);
    assert.equal(again.body.error, 'invalid_grant');
    assert.ok(again.body.error_description);
    assert.equal(again.body.errors[0]?.errorCode, 'OAU-106');
  });

  it('refuses a code of yesterday, of another redirect URI or of another app', async () => {
    const code = await codeFor();
    const elsewhere = byCode(code, { redirect_uri: 'http://127.0.0.1:4749/callback' });
    assert.equal((await token(simulator, elsewhere)).body.errors[0]?.errorCode, 'OAU-109');
    const { publicClientId } = simulator.details();
    const other = await token(simulator, byCode(code, { client_id: publicClientId }), null);
    assert.equal(other.body.errors[0]?.errorCode, 'OAU-110');
    await command(simulator, 'warp', { seconds: 61 });
    assert.equal((await token(simulator, byCode(code))).body.errors[0]?.errorCode, 'OAU-108');
  });

  it('holds to PKCE, hashed or plain', async () => {
    const { verifier, challenge } = pkce();
    const hashed = { code_challenge: challenge, code_challenge_method: 'S256' };
    const code = await codeFor(hashed);
    assert.equal((await token(simulator, byCode(code))).body.error, 'invalid_grant');
    const wrong = byCode(code, { code_verifier: pkce().verifier });
    assert.equal((await token(simulator, wrong)).body.error, 'invalid_grant');
    const right = byCode(code, { code_verifier: verifier });
    assert.equal((await token(simulator, right)).status, 200);

    const plain = await codeFor({ code_challenge: verifier });
    const told = byCode(plain, { code_verifier: verifier });
    assert.equal((await token(simulator, told)).status, 200);
  });

  it('knows an app without a secret by its client_id, and one with a secret only by it', async () => {
    const { clientId, publicClientId } = simulator.details();
    const { verifier, challenge } = pkce();
    const params = {
      client_id: publicClientId,
      code_challenge: challenge,
      code_challenge_method: 'S256',
    };
    const form = byCode(await codeFor(params), { code_verifier: verifier });
    const asPublic = await token(simulator, { ...form, client_id: publicClientId }, null);
    assert.equal(asPublic.status, 200);

    const withoutSecret = await token(
      simulator,
      { ...byCode(await codeFor()), client_id: clientId },
      null,
    );
    assert.equal(withoutSecret.status, 401);
    assert.equal(withoutSecret.body.error, 'invalid_client');
    assert.equal(withoutSecret.body.errors[0]?.errorCode, 'OAU-146');
    const wrongSecret = await token(simulator, byCode('x'), basic(clientId, 'wrong'));
    assert.equal(wrongSecret.body.errors[0]?.errorCode, 'OAU-146');
  });

  it('refuses grants that RingCentral no longer has', async () => {
    for (const grant_type of ['password', 'client_credentials']) {
      const { status, body } = await token(simulator, { grant_type });
      assert.equal(status, 400);
      assert.equal(body.error, 'unauthorized_client');
      assert.equal(body.errors[0]?.errorCode, 'OAU-112');
    }
    const unknown = await token(simulator, { grant_type: 'wish' });
    assert.equal(unknown.body.error, 'unsupported_grant_type');
  });

  it('refuses a JWT that is not the credential', async () => {
    const { status, body } = await token(simulator, { grant_type: JWT_BEARER, assertion: 'a.b.c' });
    assert.deepEqual([status, body.error], [400, 'invalid_grant']);
  });

  it('renews a pair once; the old access token dies, the old refresh token has its grace', async () => {
    const first = (await token(simulator, byCode(await codeFor()))).body;
    const renew = (refresh_token: string) =>
      token(simulator, { grant_type: 'refresh_token', refresh_token });
    const me = (accessToken: string) =>
      call(simulator, 'GET', '/restapi/v1.0/account/~/extension/~', accessToken);

    assert.equal((await me(first.access_token)).status, 200);
    const second = (await renew(first.refresh_token)).body;
    assert.equal((await me(first.access_token)).body.errors[0]?.errorCode, 'OAU-213');

    const sameAgain = (await renew(first.refresh_token)).body;
    assert.equal(sameAgain.access_token, second.access_token);
    assert.equal(sameAgain.refresh_token, second.refresh_token);
    assert.equal((await me(second.access_token)).status, 200);
    await command(simulator, 'warp', { seconds: 11 });
    const late = await renew(first.refresh_token);
    assert.deepEqual([late.status, late.body.error], [400, 'invalid_grant']);
    assert.equal((await renew(second.refresh_token)).status, 200);
  });

  it('lets an access token expire', async () => {
    const form = { ...byCode(await codeFor()), access_token_ttl: '600' };
    const { body } = await token(simulator, form);
    assert.equal(body.expires_in, 600);
    await command(simulator, 'warp', { seconds: 601 });
    const path = '/restapi/v1.0/account/~/extension/~';
    const { status, body: error } = await call(simulator, 'GET', path, body.access_token);
    assert.deepEqual([status, error.errorCode], [401, 'OAU-128']);
  });

  it('ends the oldest of six sessions', async () => {
    const tokens: string[] = [];
    for (let login = 0; login < 6; login++) {
      const { assertion, grant_type } = {
        grant_type: JWT_BEARER,
        assertion: simulator.details().jwt,
      };
      tokens.push((await token(simulator, { grant_type, assertion })).body.access_token);
    }
    const statuses = await Promise.all(
      tokens.map(
        async (each) => (await call(simulator, 'GET', '/restapi/v1.0/account/~', each)).status,
      ),
    );
    assert.deepEqual(statuses, [401, 200, 200, 200, 200, 200]);
  });

  it('revokes the whole session by either token', async () => {
    const { clientId, clientSecret } = simulator.details();
    const { body } = await token(simulator, byCode(await codeFor()));
    const revoked = await fetch(`${simulator.url}/restapi/oauth/revoke`, {
      method: 'POST',
      headers: { Authorization: basic(clientId, clientSecret) },
      body: new URLSearchParams({ token: body.access_token }),
    });
    assert.deepEqual([revoked.status, await revoked.text()], [200, '']);
    const renewed = await token(simulator, {
      grant_type: 'refresh_token',
      refresh_token: body.refresh_token,
    });
    assert.equal(renewed.body.error, 'invalid_grant');
  });

  it('starts with the credentials of the environment', async () => {
    const env = {
      RC_APP_CLIENT_ID: 'mine',
      RC_APP_CLIENT_SECRET: 'my-secret',
      RC_USER_JWT: 'my.own.jwt',
      RC_BOT_TOKEN: 'my-bot-token',
    };
    const own = await practise({ env });
    try {
      const form = { grant_type: JWT_BEARER, assertion: 'my.own.jwt' };
      assert.equal((await token(own, form, basic('mine', 'my-secret'))).status, 200);
      const path = '/restapi/v1.0/account/~/extension/~';
      assert.equal((await call(own, 'GET', path, 'my-bot-token')).body.type, 'Bot');
      assert.equal((await call(own, 'GET', path, 'practice-bot-token')).status, 401);
    } finally {
      await own.close();
    }
  });
});
