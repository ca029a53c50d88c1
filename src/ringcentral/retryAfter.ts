/** RingCentral developer guide, Rate limits: without the header, wait at least this long. */
export const PAUSE_WITHOUT_HEADER_MS = 30_000;

/** Longer waits than this are taken for a mistake of the sender. */
const LONGEST_PAUSE_MS = 60 * 60_000;

/**
 * Milliseconds to stay away after a 429 (or a 503 that names a time): the `Retry-After` header, in
 * seconds or as a date (RFC 9110). Undefined for every other answer.
 */
export function retryAfterOf(
  answer: { status: number; headers: Record<string, string | string[]> },
  now = Date.now(),
): number | undefined {
  const header = answer.headers['retry-after'];
  const text = (Array.isArray(header) ? header[0] : header)?.trim();
  const named = text === undefined ? undefined : readPause(text, now);
  if (answer.status === 429) return named ?? PAUSE_WITHOUT_HEADER_MS;
  return answer.status === 503 ? named : undefined;
}

function readPause(text: string, now: number): number | undefined {
  const ms = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isFinite(ms) ? Math.min(Math.max(0, Math.ceil(ms)), LONGEST_PAUSE_MS) : undefined;
}
