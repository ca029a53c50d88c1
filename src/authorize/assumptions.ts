/**
 * What RingCentral's documents leave open, or leave to the client, and what is taken to be so here.
 * Milliseconds unless named otherwise. Replace single values through `Authorizer`'s constructor.
 */
export const assumptions = {
  /** A token is renewed this long before it expires (as RingCentral's JavaScript SDK does). */
  refreshMarginMs: 60_000,
  /** How long the browser may take to come back. */
  callbackTimeoutMs: 5 * 60_000,
  /** A token that was renewed within this time is not renewed again: an older answer complained. */
  justRenewedMs: 5_000,
  /** Bot tokens come without an expiry; the token endpoint says this of a public bot's. */
  botTokenLifetimeSeconds: 2_147_483_647,
  /** RFC 6749's word for “the person pressed Deny”; RingCentral does not document its own. */
  refusalWord: 'access_denied',
} as const;

export type Assumptions = {
  readonly [K in keyof typeof assumptions]: (typeof assumptions)[K] extends number
    ? number
    : string;
};
