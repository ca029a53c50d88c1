import * as l10n from '@vscode/l10n';
import { type AppProfile } from '../apps';
import { HumanError } from '../base/humanError';
import { type HttpClient } from '../http';
import { OAuthClient, type TokenSet } from '../ringcentral';
import { type Assumptions } from './assumptions';
import { type CredentialKind, type SessionKeeper } from './sessionKeeper';

/** What an app proves itself with, taken from the secret store when it is needed. */
export class Grants {
  readonly #http: Pick<HttpClient, 'send'>;
  readonly #keeper: SessionKeeper;
  readonly #assumed: Assumptions;

  constructor(http: Pick<HttpClient, 'send'>, keeper: SessionKeeper, assumed: Assumptions) {
    this.#http = http;
    this.#keeper = keeper;
    this.#assumed = assumed;
  }

  /** Throws a HumanError when a confidential app has no client secret. */
  async client(app: AppProfile): Promise<OAuthClient> {
    const plain = { http: this.#http, server: app.server, clientId: app.clientId };
    if (app.isPublicClient) return new OAuthClient(plain);
    const clientSecret = await this.#required(app, 'clientSecret');
    // Together they are the value of the Basic header.
    this.#keeper.learn(`${app.clientId}:${clientSecret}`);
    return new OAuthClient({ ...plain, clientSecret });
  }

  async jwt(app: AppProfile): Promise<TokenSet> {
    const assertion = await this.#required(app, 'jwt');
    return (await this.client(app)).jwt(assertion);
  }

  /** The token that the developer console shows for an installed bot: it is one already. */
  async botToken(app: AppProfile): Promise<TokenSet> {
    const accessToken = await this.#required(app, 'botToken');
    return { accessToken, expiresInSeconds: this.#assumed.botTokenLifetimeSeconds, scope: '' };
  }

  async #required(app: AppProfile, kind: CredentialKind): Promise<string> {
    const value = await this.#keeper.credential(app.id, kind);
    if (value !== undefined) return value;
    throw missing(app, kind);
  }
}

function missing(app: AppProfile, kind: CredentialKind): HumanError {
  switch (kind) {
    case 'clientSecret':
      return new HumanError(l10n.t('No client secret is kept for “{0}”.', app.name), {
        remedy: l10n.t('Set the client secret that the developer console shows, then sign in.'),
      });
    case 'jwt':
      return new HumanError(l10n.t('No JWT credential is kept for “{0}”.', app.name), {
        remedy: l10n.t('Create one in the developer console and set it here, then sign in.'),
      });
    case 'botToken':
      return new HumanError(l10n.t('No bot token is kept for “{0}”.', app.name), {
        remedy: l10n.t(
          'Install the bot in the developer console, copy its token and set it here, then sign in.',
        ),
      });
  }
}
