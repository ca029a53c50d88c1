import { createHmac, timingSafeEqual } from 'node:crypto';

/** Engage Digital docs, Source SDK, Request signature; `signature` is the query’s fallback name. */
export const SIGNATURE_HEADER = 'X-SMCCSDK-SIGNATURE';

/** Lower-case hex HMAC-SHA512 over the exact bytes, keyed with the source's API access token. */
export const sign = (token: string, body: Buffer): string =>
  createHmac('sha512', token).update(body).digest('hex');

export function isSignedBy(
  token: string,
  body: Buffer,
  signature: string | undefined,
  upperCaseHexAccepted: boolean,
): boolean {
  if (signature === undefined) return false;
  const given = Buffer.from(upperCaseHexAccepted ? signature.toLowerCase() : signature);
  const right = Buffer.from(sign(token, body));
  return given.length === right.length && timingSafeEqual(given, right);
}
