import type { HarPair } from './entry';

/** Headers of one connection, not of the message (RFC 9110, Connection; RFC 2616 13.5.1). */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);
/** What the sender of a request sets itself. `Expect` is an agreement with the next hop. */
const SET_BY_SENDER = new Set(['host', 'content-length', 'expect']);

/** Without the headers of the connection, and those that its `Connection` header names. */
export function endToEnd(headers: readonly HarPair[]): HarPair[] {
  const named = headers
    .filter(({ name }) => name.toLowerCase() === 'connection')
    .flatMap(({ value }) => value.toLowerCase().split(','))
    .map((name) => name.trim());
  // A `Connection` header that names these would take a message apart.
  const dropped = new Set(named.filter((name) => !name.startsWith('content-') && name !== 'host'));
  return headers.filter(({ name }) => {
    const lower = name.toLowerCase();
    return !HOP_BY_HOP.has(lower) && !dropped.has(lower);
  });
}

/** The headers of a request as it is sent on: in order and spelling, ready for undici. */
export function headersToSend(headers: readonly HarPair[]): string[] {
  return endToEnd(headers)
    .filter(({ name }) => !SET_BY_SENDER.has(name.toLowerCase()) && !name.startsWith(':'))
    .flatMap(({ name, value }) => [name, value]);
}

export function pairsOfRaw(raw: readonly string[]): HarPair[] {
  const pairs: HarPair[] = [];
  for (let i = 0; i + 1 < raw.length; i += 2)
    pairs.push({ name: raw[i] ?? '', value: raw[i + 1] ?? '' });
  return pairs;
}
