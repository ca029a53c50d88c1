import assert from 'node:assert/strict';
import { HumanError } from '../../../src/base/humanError';
import { OAuthClient, OAuthError, RingCentralError } from '../../../src/ringcentral';
import {
  formOf,
  oauthRefusal,
  REVOKE,
  ScriptedHttp,
  TOKEN,
  tokens,
} from '../authorize/scriptedHttp';

const SERVER = 'https://platform.ringcentral.com';

function confidential(http: ScriptedHttp): OAuthClient {
  return new OAuthClient({
    http,
    server: SERVER,
    clientId: 'the client',
    clientSecret: 'ü:secret',
  });
}

function publicApp(http: ScriptedHttp): OAuthClient {
  return new OAuthClient({ http, server: `${SERVER}/`, clientId: 'client' });
}

describe('OAuthClient', () => {
  it('asks for a code with PKCE in its S256 form and nothing that is empty', () => {
    const url = new URL(
      publicApp(new ScriptedHttp()).authorizeUrl({
        redirectUri: 'http://localhost:4748/cb?a=b c',
        state: 'st&te',
        codeChallenge: 'challenge',
      }),
    );
    assert.equal(url.origin + url.pathname, `${SERVER}/restapi/oauth/authorize`);
    assert.deepEqual(Object.fromEntries(url.searchParams), {
      response_type: 'code',
      client_id: 'client',
      redirect_uri: 'http://localhost:4748/cb?a=b c',
      state: 'st&te',
      code_challenge: 'challenge',
      code_challenge_method: 'S256',
    });
  });

  it('exchanges a code as a confidential app: Basic, and no client_id in the form', async () => {
    const http = new ScriptedHttp().on(TOKEN, tokens(1));
    const set = await confidential(http).exchangeCode({
      code: 'c+d/e',
      redirectUri: 'http://localhost:4748/cb',
      codeVerifier: 'verifier',
    });
    assert.deepEqual(set, {
      accessToken: 'planted-access-1',
      expiresInSeconds: 3600,
      refreshToken: 'planted-refresh-1',
      refreshTokenExpiresInSeconds: 604_800,
      scope: 'ReadAccounts TeamMessaging',
      ownerId: '101',
      sessionId: 'session',
    });
    const [request] = http.sent;
    assert.equal(request?.method, 'POST');
    assert.equal(request.url, `${SERVER}${TOKEN}`);
    assert.equal(request.headers?.['content-type'], 'application/x-www-form-urlencoded');
    assert.equal(
      request.headers.authorization,
      `Basic ${Buffer.from('the client:ü:secret').toString('base64')}`,
    );
    assert.deepEqual(formOf(request), {
      grant_type: 'authorization_code',
      code: 'c+d/e',
      redirect_uri: 'http://localhost:4748/cb',
      code_verifier: 'verifier',
    });
  });

  it('names itself in the form as a public app, without an Authorization header', async () => {
    const http = new ScriptedHttp().on(TOKEN, tokens(1)).on(REVOKE, { status: 200, body: '' });
    const client = publicApp(http);
    await client.exchangeCode({ code: 'c', redirectUri: 'http://localhost:1/', codeVerifier: 'v' });
    await client.refresh('r');
    await client.revoke('t');
    for (const request of http.sent) {
      assert.equal(request.headers?.authorization, undefined);
      assert.equal(formOf(request).client_id, 'client');
    }
    assert.deepEqual(formOf(http.sent[1]), {
      grant_type: 'refresh_token',
      refresh_token: 'r',
      client_id: 'client',
    });
  });

  it('presents a JWT and revokes a token as a confidential app', async () => {
    const http = new ScriptedHttp().on(TOKEN, tokens(1)).on(REVOKE, { status: 200 });
    const client = confidential(http);
    await client.jwt('head.body.sign');
    await client.revoke('token');
    assert.deepEqual(formOf(http.sent[0]), {
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      assertion: 'head.body.sign',
    });
    assert.equal(http.sent[1]?.url, `${SERVER}${REVOKE}`);
    assert.deepEqual(formOf(http.sent[1]), { token: 'token' });
    assert.match(http.sent[1].headers?.authorization ?? '', /^Basic /);
  });

  it('reads a short answer: a bot’s has no refresh token and numbers may be texts', async () => {
    const http = new ScriptedHttp().on(TOKEN, {
      status: 200,
      body: { access_token: 'a', token_type: 'Bearer', expires_in: '2147483647', owner_id: 7 },
    });
    assert.deepEqual(await confidential(http).jwt('x'), {
      accessToken: 'a',
      expiresInSeconds: 2147483647,
      scope: '',
      ownerId: '7',
    });
  });

  for (const status of [400, 401, 403]) {
    it(`knows a dead grant by its word, also with ${status}`, async () => {
      const http = new ScriptedHttp().on(TOKEN, oauthRefusal(status, 'invalid_grant', 'OAU-109'));
      await assert.rejects(confidential(http).refresh('r'), (error: unknown) => {
        assert.ok(error instanceof OAuthError && error instanceof RingCentralError);
        assert.equal(error.isGrantDead, true);
        assert.equal(error.status, status);
        assert.equal(error.code, 'OAU-109');
        return true;
      });
    });
  }

  it('does not take other troubles for a dead grant', async () => {
    const others = [
      oauthRefusal(401, 'invalid_client', 'OAU-146'),
      oauthRefusal(400, 'unauthorized_client', 'OAU-112'),
      { status: 403, body: '<html>proxy</html>' },
      { status: 503, body: { error: 'invalid_grant' } },
      { status: 429, body: { errors: [{ errorCode: 'CMN-301', message: 'slow' }] } },
      { status: 302, body: '' },
    ];
    for (const answer of others) {
      const http = new ScriptedHttp().on(TOKEN, answer);
      await assert.rejects(confidential(http).refresh('r'), (error: unknown) => {
        assert.ok(error instanceof OAuthError);
        assert.equal(error.isGrantDead, false);
        assert.equal(error.status, answer.status);
        return true;
      });
    }
  });

  it('knows a dead grant by RingCentral’s code where the word is missing', async () => {
    const body = { errors: [{ errorCode: 'OAU-213', message: 'Token not found' }] };
    const http = new ScriptedHttp().on(TOKEN, { status: 401, body });
    await assert.rejects(confidential(http).refresh('r'), { isGrantDead: true, code: 'OAU-213' });
  });

  it('refuses an answer that is no token, without showing what came', async () => {
    for (const body of [
      '<html>planted-token</html>',
      { access_token: '', token_type: 'bearer', expires_in: 1 },
      { access_token: 'planted-token', token_type: 'mac', expires_in: 1 },
      { access_token: 'planted-token', token_type: 'bearer', expires_in: 0 },
      null,
    ]) {
      const http = new ScriptedHttp().on(TOKEN, { status: 200, body });
      await assert.rejects(confidential(http).jwt('x'), (error: unknown) => {
        assert.ok(error instanceof HumanError);
        assert.match(error.message, /not RingCentral’s while signing in/);
        assert.doesNotMatch(JSON.stringify([error.message, error.remedy, error.stack]), /planted/);
        return true;
      });
    }
  });
});
