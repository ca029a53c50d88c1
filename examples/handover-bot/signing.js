import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** Engage's Source SDK signature: lower-case hex HMAC-SHA512 of the exact bytes of a body. */
export function sign(body, token) {
  return createHmac('sha512', token).update(body).digest('hex');
}

/**
 * Compares what a caller sent with a secret of ours in a time that tells nothing about the secret.
 * Both are hashed first because `timingSafeEqual` wants equal lengths. No secret: nothing matches.
 */
export function matches(sent, secret) {
  if (typeof sent !== 'string' || !secret) return false;
  const digest = (text) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(sent), digest(secret));
}
