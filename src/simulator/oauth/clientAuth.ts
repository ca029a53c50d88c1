import type { Assumptions } from '../assumptions';
import { OAuthProblem } from '../errors/oauthProblem';
import { secretMatches, type ClientApp, type ClientApps } from './clientApps';
import type { OAuthForm } from './form';

/**
 * Which app asks. One with a secret says `Authorization: Basic`, a public one only `client_id` in
 * the body (RingCentral developer guide, Authorization code flow with PKCE).
 */
export class ClientAuth {
  readonly #apps: ClientApps;
  readonly #assumptions: Assumptions;

  constructor(apps: ClientApps, assumptions: Assumptions) {
    this.#apps = apps;
    this.#assumptions = assumptions;
  }

  identify(authorization: string | undefined, form: OAuthForm): ClientApp {
    if (authorization !== undefined) return this.#byBasic(authorization);
    const app = this.#apps.get(form.get('client_id') ?? '');
    if (app && app.clientSecret === undefined) return app;
    throw this.#unknown();
  }

  #byBasic(authorization: string): ClientApp {
    const encoded = /^basic +([a-z0-9+/_-]+=*)$/i.exec(authorization)?.[1];
    if (encoded === undefined) {
      throw new OAuthProblem(
        this.#assumptions.clientErrorStatus,
        'invalid_client',
        'OAU-123',
        'Invalid Authorization header value',
      );
    }
    const [clientId = '', ...rest] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
    const app = this.#apps.get(clientId);
    if (app && secretMatches(app, rest.join(':'))) return app;
    throw this.#unknown();
  }

  #unknown(): OAuthProblem {
    return new OAuthProblem(
      this.#assumptions.clientErrorStatus,
      'invalid_client',
      'OAU-146',
      'Invalid client credentials',
    );
  }
}
