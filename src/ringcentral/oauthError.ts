import { type HttpResponse } from '../http';
import { readError, RingCentralError, type RingCentralErrorDetails } from './ringCentralError';

/** Words of RFC 6749 that say a code, token or JWT will never be accepted again. */
const DEAD_GRANT_WORDS = new Set(['invalid_grant', 'expired_token']);

/** The same in RingCentral's codes, for an answer without such a word (developer guide, Errors). */
const DEAD_GRANT_CODES = new Set(
  ['106', '108', '110', '120', '121', '128', '129', '136', '149', '213', '232'].map(
    (number) => `OAU-${number}`,
  ),
);

/** The token endpoint refused. */
export class OAuthError extends RingCentralError {
  /** True when trying again with the same code, token or JWT is in vain: sign in again. */
  readonly isGrantDead: boolean;

  constructor(sentence: string, details: RingCentralErrorDetails & { isGrantDead: boolean }) {
    super(sentence, details);
    this.isGrantDead = details.isGrantDead;
  }
}

export function oauthErrorOf(response: HttpResponse, doing: string): OAuthError {
  const { message, remedy, status, code, retryAfterMs } = readError(response, doing);
  // The table of codes and the reference disagree about 400, 401 and 403, so all three count.
  const isRefusal = status === 400 || status === 401 || status === 403;
  const word = wordOf(response.json());
  const isDead = word === undefined ? DEAD_GRANT_CODES.has(code ?? '') : DEAD_GRANT_WORDS.has(word);
  return new OAuthError(message, {
    remedy,
    status,
    isGrantDead: isRefusal && isDead,
    ...(code !== undefined && { code }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}

function wordOf(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('error' in body)) return undefined;
  return typeof body.error === 'string' ? body.error : undefined;
}
