import * as z from 'zod';
import { type AppProfile } from '../apps';
import { type HumanError } from '../base/humanError';
import { type TokenSet } from '../ringcentral';

export interface SignedInPerson {
  /** Extension id. */
  readonly id: string;
  readonly name: string;
  readonly extensionNumber?: string | undefined;
}

export type SessionState =
  | { readonly kind: 'signedOut' }
  | { readonly kind: 'signingIn' }
  | {
      readonly kind: 'signedIn';
      readonly person: SignedInPerson;
      /** Names of permissions, separated by spaces. */
      readonly scope: string;
      /** When the access token expires, in milliseconds since the epoch; it is renewed before. */
      readonly expiresAt: number;
      /** Why this session will be forgotten at the end of the program, if the keychain failed. */
      readonly notKept?: HumanError;
    }
  | { readonly kind: 'failed'; readonly problem: HumanError };

export const SIGNED_OUT: SessionState = { kind: 'signedOut' };

/** A session as it is kept in the secret store; times are milliseconds since the epoch. */
const keptSession = z.object({
  version: z.literal(1),
  server: z.string(),
  clientId: z.string(),
  grant: z.enum(['authorization_code', 'jwt', 'bot_token']),
  accessToken: z.string().min(1),
  expiresAt: z.number(),
  renewAt: z.number(),
  refreshToken: z.string().min(1).optional(),
  refreshExpiresAt: z.number().optional(),
  scope: z.string(),
  person: z.object({
    id: z.string(),
    name: z.string(),
    extensionNumber: z.string().optional(),
  }),
});

export type KeptSession = Readonly<z.infer<typeof keptSession>>;

export function readKeptSession(text: string): KeptSession | undefined {
  try {
    const read = keptSession.safeParse(JSON.parse(text));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}

/** A session is good for the app it was made for: its token goes to no other server or client. */
export function belongsTo(session: KeptSession, app: AppProfile): boolean {
  return (
    session.server === app.server &&
    session.clientId === app.clientId &&
    session.grant === app.grant
  );
}

/** What is kept after the token endpoint has answered; what a renewal leaves out stays as it was. */
export function sessionOf(
  app: AppProfile,
  tokens: TokenSet,
  before: Pick<KeptSession, 'person'> & Partial<KeptSession>,
  o: { now: number; marginMs: number },
): KeptSession {
  const lifetimeMs = tokens.expiresInSeconds * 1000;
  const refreshToken = tokens.refreshToken ?? before.refreshToken;
  const refreshSeconds = tokens.refreshTokenExpiresInSeconds;
  const refreshExpiresAt =
    refreshSeconds === undefined ? before.refreshExpiresAt : o.now + refreshSeconds * 1000;
  return {
    version: 1,
    server: app.server,
    clientId: app.clientId,
    grant: app.grant,
    accessToken: tokens.accessToken,
    expiresAt: o.now + lifetimeMs,
    // A token that lives shorter than the margin must not be renewed at every use.
    renewAt: o.now + lifetimeMs - Math.min(o.marginMs, lifetimeMs / 2),
    scope: tokens.scope === '' ? (before.scope ?? '') : tokens.scope,
    person: before.person,
    ...(refreshToken !== undefined && { refreshToken }),
    ...(refreshExpiresAt !== undefined && { refreshExpiresAt }),
  };
}

/** False when neither the access token nor anything to renew it with is left. */
export function canGoOn(session: KeptSession, now: number): boolean {
  if (session.grant !== 'authorization_code' || now < session.expiresAt) return true;
  if (session.refreshToken === undefined) return false;
  return session.refreshExpiresAt === undefined || now < session.refreshExpiresAt;
}
