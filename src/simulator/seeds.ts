/**
 * What the practice platform starts with. The defaults are public practice values, the same on every
 * machine, so that examples and documentation can quote them; they open nothing but a simulator.
 */
export interface Seeds {
  readonly clientId: string;
  readonly clientSecret: string;
  /** A second app of the sort that has no secret (a client-side app using PKCE). */
  readonly publicClientId: string;
  readonly jwt: string;
  readonly botToken: string;
  /** Registered with both apps, the preferred one first. */
  readonly redirectUris: readonly string[];
}

/** RingCentral developer guide, Install app button: the console takes ten redirect URIs at most. */
export const MOST_REDIRECT_URIS = 10;

const CALLBACK_PORTS = [4748, 4749, 4750];
const CALLBACK_PATH = '/callback';

export function readSeeds(env: NodeJS.ProcessEnv): Seeds {
  return {
    clientId: given(env, 'RC_APP_CLIENT_ID') ?? 'practice-client-id',
    clientSecret: given(env, 'RC_APP_CLIENT_SECRET') ?? 'practice-client-secret',
    publicClientId: 'practice-public-client-id',
    jwt: given(env, 'RC_USER_JWT') ?? practiceJwt(),
    botToken: given(env, 'RC_BOT_TOKEN') ?? 'practice-bot-token',
    redirectUris: ['127.0.0.1', 'localhost'].flatMap((host) =>
      CALLBACK_PORTS.map((port) => `http://${host}:${port}${CALLBACK_PATH}`),
    ),
  };
}

/** An empty variable is an absent one. */
const given = (env: NodeJS.ProcessEnv, name: string): string | undefined =>
  env[name] === '' ? undefined : env[name];

/** Shaped like a credential of the developer console (three parts, ES256), signed by nobody. */
function practiceJwt(): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return [
    part({ kid: 'practice', typ: 'JWT', alg: 'ES256' }),
    part({ sub: ADMIN_ID, iss: 'practice', jti: 'practice-jwt' }),
    Buffer.from('practice-signature').toString('base64url'),
  ].join('.');
}

/** The account and its people. Extension ids are decimal, a guest's begins with `glip-`. */
export const ACCOUNT_ID = '470000000';
export const COMPANY_NAME = 'Practice Company';
export const ADMIN_ID = '470001001';
export const BOT_ID = '470001900';
export const TEAM_CHAT_ID = '47010000001';
export const DIRECT_CHAT_ID = '47010000002';
export const EVERYONE_CHAT_ID = '47010000003';
