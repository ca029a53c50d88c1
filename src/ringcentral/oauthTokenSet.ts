import * as z from 'zod';

/** What the token endpoint gives. Times are seconds from the answer. */
export interface TokenSet {
  readonly accessToken: string;
  readonly expiresInSeconds: number;
  /** Only when the app has “Issue refresh tokens” switched on. */
  readonly refreshToken?: string;
  readonly refreshTokenExpiresInSeconds?: number;
  /** Names of permissions, separated by spaces; the names differ from those of the console. */
  readonly scope: string;
  /** Extension id of the person or bot. */
  readonly ownerId?: string;
  readonly sessionId?: string;
}

const seconds = z.coerce.number().positive();
const id = z.union([z.string().min(1), z.number()]).transform(String);

/** API reference, TokenInfo. */
const tokenInfo = z.object({
  access_token: z.string().min(1),
  token_type: z.string().regex(/^bearer$/i),
  expires_in: seconds,
  refresh_token: z.string().min(1).nullish().catch(undefined),
  refresh_token_expires_in: seconds.nullish().catch(undefined),
  scope: z.string().nullish().catch(undefined),
  owner_id: id.nullish().catch(undefined),
  session_id: id.nullish().catch(undefined),
});

/** Undefined for anything that is no answer of a token endpoint. */
export function readTokenSet(body: unknown): TokenSet | undefined {
  const read = tokenInfo.safeParse(body);
  if (!read.success) return undefined;
  const info = read.data;
  return {
    accessToken: info.access_token,
    expiresInSeconds: info.expires_in,
    scope: info.scope ?? '',
    ...(info.refresh_token && { refreshToken: info.refresh_token }),
    ...(info.refresh_token_expires_in && {
      refreshTokenExpiresInSeconds: info.refresh_token_expires_in,
    }),
    ...(info.owner_id && { ownerId: info.owner_id }),
    ...(info.session_id && { sessionId: info.session_id }),
  };
}
