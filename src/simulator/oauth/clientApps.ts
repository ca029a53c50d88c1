import { timingSafeEqual } from 'node:crypto';
import { MOST_REDIRECT_URIS, type Seeds } from '../seeds';

/** An app as the developer console would list it. */
export interface ClientApp {
  readonly clientId: string;
  readonly name: string;
  /** Absent: a public (client-side) app, which names itself by `client_id` in the body. */
  readonly clientSecret?: string;
  readonly redirectUris: string[];
  /** The scopes configured for the app; what a request asks for is not looked at. */
  readonly scopes: readonly string[];
}

const SCOPES = ['ReadAccounts', 'SubscriptionWebhook', 'TeamMessaging', 'WebSocket'];

/** The apps of the practice company: one with a secret, one without, and the bot's. */
export class ClientApps {
  readonly #apps: readonly ClientApp[];
  readonly bot: ClientApp;

  constructor(seeds: Seeds) {
    this.bot = {
      clientId: 'practice-bot-client-id',
      name: 'Practice Bot',
      clientSecret: 'practice-bot-client-secret',
      redirectUris: [],
      scopes: SCOPES,
    };
    this.#apps = [
      {
        clientId: seeds.clientId,
        name: 'Practice app',
        clientSecret: seeds.clientSecret,
        redirectUris: [...seeds.redirectUris],
        scopes: SCOPES,
      },
      {
        clientId: seeds.publicClientId,
        name: 'Practice app without a secret',
        redirectUris: [...seeds.redirectUris],
        scopes: SCOPES,
      },
      this.bot,
    ];
  }

  get(clientId: string): ClientApp | undefined {
    return this.#apps.find((app) => app.clientId === clientId);
  }

  /** Registers a redirect URI with every app that signs people in, as the console's field would. */
  registerRedirectUri(uri: string): readonly string[] {
    const apps = this.#apps.filter((app) => app !== this.bot);
    for (const app of apps) {
      if (app.redirectUris.includes(uri)) continue;
      if (app.redirectUris.length >= MOST_REDIRECT_URIS) {
        throw new Error(`An app takes ${MOST_REDIRECT_URIS} redirect URIs at most.`);
      }
      app.redirectUris.push(uri);
    }
    return apps[0]?.redirectUris ?? [];
  }
}

export function secretMatches(app: ClientApp, secret: string): boolean {
  const expected = Buffer.from(app.clientSecret ?? '');
  const given = Buffer.from(secret);
  return (
    expected.length > 0 && expected.length === given.length && timingSafeEqual(expected, given)
  );
}
