import * as l10n from '@vscode/l10n';
import { HumanError } from '../base/humanError';
import { type HttpClient, type HttpResponse } from '../http';
import { oauthErrorOf } from './oauthError';
import { readTokenSet, type TokenSet } from './oauthTokenSet';

export interface OAuthClientOptions {
  readonly http: Pick<HttpClient, 'send'>;
  /** Origin, like https://platform.ringcentral.com */
  readonly server: string;
  readonly clientId: string;
  /** Absent for a public (client-side) app, which proves itself by PKCE alone. */
  readonly clientSecret?: string;
}

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/** Revoking is a courtesy at the end of a session; nobody is to wait long for it. */
const REVOKE_TIMEOUT_MS = 5_000;

/**
 * RingCentral's OAuth endpoints for one app (developer guide, Authentication). Rejects with
 * `OAuthError` when RingCentral refuses, whichever of 400, 401 and 403 it uses for that, and with
 * `NetworkError` when nobody answers.
 */
export class OAuthClient {
  readonly #o: OAuthClientOptions;
  readonly #server: string;

  constructor(o: OAuthClientOptions) {
    this.#o = o;
    this.#server = o.server.replace(/\/+$/, '');
  }

  /** The page to open in a browser. `codeChallenge` is the S256 form: the default would be `plain`. */
  authorizeUrl(p: { redirectUri: string; state: string; codeChallenge?: string }): string {
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: this.#o.clientId,
      redirect_uri: p.redirectUri,
      state: p.state,
      ...(p.codeChallenge !== undefined && {
        code_challenge: p.codeChallenge,
        code_challenge_method: 'S256',
      }),
    });
    return `${this.#server}/restapi/oauth/authorize?${query.toString()}`;
  }

  /** `redirectUri` must be the one that the authorization began with. */
  exchangeCode(p: { code: string; redirectUri: string; codeVerifier?: string }): Promise<TokenSet> {
    return this.#token(l10n.t('signing in'), {
      grant_type: 'authorization_code',
      code: p.code,
      redirect_uri: p.redirectUri,
      ...(p.codeVerifier !== undefined && { code_verifier: p.codeVerifier }),
    });
  }

  /** Both tokens are new afterwards, and the old access token is dead at once. */
  refresh(refreshToken: string): Promise<TokenSet> {
    return this.#token(l10n.t('renewing the session'), {
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
    });
  }

  /** Signs in with a JWT credential that was made in the developer console. */
  jwt(assertion: string): Promise<TokenSet> {
    return this.#token(l10n.t('signing in with the JWT credential'), {
      grant_type: JWT_BEARER,
      assertion,
    });
  }

  /** Ends the whole session that the access or refresh token belongs to. */
  async revoke(token: string): Promise<void> {
    const doing = l10n.t('signing out');
    await this.#post('/restapi/oauth/revoke', { token }, doing, REVOKE_TIMEOUT_MS);
  }

  async #token(doing: string, form: Record<string, string>): Promise<TokenSet> {
    const response = await this.#post('/restapi/oauth/token', form, doing);
    const tokens = readTokenSet(response.json());
    if (tokens) return tokens;
    // What came instead is not shown: a token may be in it.
    throw new HumanError(
      l10n.t('{0} answered something that is not RingCentral’s while {1}.', this.#server, doing),
      { remedy: l10n.t('Check the server of the app profile.') },
    );
  }

  async #post(
    path: string,
    form: Record<string, string>,
    doing: string,
    timeoutMs?: number,
  ): Promise<HttpResponse> {
    const { clientId, clientSecret } = this.#o;
    const isPublic = clientSecret === undefined;
    const body = new URLSearchParams({ ...form, ...(isPublic && { client_id: clientId }) });
    const response = await this.#o.http.send({
      method: 'POST',
      url: `${this.#server}${path}`,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        accept: 'application/json',
        ...(!isPublic && { authorization: basic(clientId, clientSecret) }),
      },
      body: body.toString(),
      ...(timeoutMs !== undefined && { timeoutMs }),
    });
    if (response.status < 200 || response.status > 299) throw oauthErrorOf(response, doing);
    return response;
  }
}

function basic(clientId: string, clientSecret: string): string {
  return `Basic ${Buffer.from(`${clientId}:${clientSecret}`, 'utf8').toString('base64')}`;
}
