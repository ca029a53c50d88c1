import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Proof Key for Code Exchange (RFC 7636), always in its S256 form. */
export interface Pkce {
  readonly verifier: string;
  readonly challenge: string;
}

export function createPkce(): Pkce {
  const verifier = unguessable();
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

/** 256 bits that fit into a URL as they are. */
export function unguessable(): string {
  return randomBytes(32).toString('base64url');
}

/** Compares without telling by its duration how much was right. */
export function isSame(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest();
  return timingSafeEqual(digest(given), digest(expected));
}
