import { headerOf, noResponse, type CaptureEntry, type HarPair, type HarResponse } from './entry';
import type { RawAnswer } from './exchange';
import { queryOf } from './kinds';
import type { ReceivedRequest } from './receive';
import type { SecretHider } from './secretHider';

/** What became of a delivery. */
export interface AnswerParts {
  /** What was answered to the sender; absent when it had hung up. */
  readonly answer?: RawAnswer | undefined;
  /** Why it is not the bot's answer, as a sentence. */
  readonly error?: string | undefined;
  readonly forwardedTo?: string | undefined;
  /** From passing on to the last byte of the answer, in ms. */
  readonly time: number;
}

type OwnFields = Pick<CaptureEntry, '_id' | '_seq' | '_kind' | '_conversation'>;

/** The entry of a delivery that has just arrived, with references where secrets stood. */
export async function requestEntry(
  received: ReceivedRequest,
  hider: SecretHider,
  ownHost: string,
  own: OwnFields,
): Promise<CaptureEntry> {
  const url = await hider.text(urlOf(received, ownHost));
  const headers = await hidden(received.headers, hider);
  return {
    ...own,
    ...(received.state === 'cutOff' && { _error: 'The sender hung up before the end.' }),
    ...(received.state !== 'whole' && { _truncated: true as const }),
    startedDateTime: new Date(received.startedAt).toISOString(),
    time: 0,
    request: {
      method: received.method,
      url,
      httpVersion: received.httpVersion,
      cookies: cookiesOf(headerOf(headers, 'cookie')),
      headers,
      queryString: [...queryOf(url.replace(/#.*$/s, ''))].map(([name, value]) => ({ name, value })),
      ...(received.body.length > 0 && { postData: await postDataOf(received, hider) }),
      headersSize: -1,
      bodySize: received.bodySize,
    },
    response: noResponse(),
    cache: {},
    timings: { send: 0, wait: 0, receive: 0 },
  };
}

/** The same entry with what became of it. */
export async function withAnswer(
  entry: CaptureEntry,
  parts: AnswerParts,
  hider: SecretHider,
): Promise<CaptureEntry> {
  return {
    ...entry,
    ...(parts.error !== undefined && { _error: await hider.text(parts.error) }),
    ...(parts.forwardedTo !== undefined && { _forwardedTo: await hider.text(parts.forwardedTo) }),
    time: parts.time,
    response: parts.answer === undefined ? noResponse() : await responseOf(parts.answer, hider),
    timings: { send: 0, wait: parts.time, receive: 0 },
  };
}

async function postDataOf(
  received: ReceivedRequest,
  hider: SecretHider,
): Promise<NonNullable<CaptureEntry['request']['postData']>> {
  const encoding = headerOf(received.headers, 'content-encoding');
  const { text, isBase64 } = await hider.body(received.body, encoding);
  const mimeType = headerOf(received.headers, 'content-type') ?? '';
  return { mimeType, text, ...(isBase64 && { _encoding: 'base64' as const }) };
}

async function responseOf(answer: RawAnswer, hider: SecretHider): Promise<HarResponse> {
  const headers = await hidden(answer.headers, hider);
  const encoding = headerOf(answer.headers, 'content-encoding');
  const { text, isBase64 } = await hider.body(answer.body, encoding);
  return {
    status: answer.status,
    statusText: await hider.text(answer.statusText),
    httpVersion: 'HTTP/1.1',
    cookies: headers
      .filter(({ name }) => name.toLowerCase() === 'set-cookie')
      .flatMap(({ value }) => cookiesOf(value.split(';')[0])),
    headers,
    content: {
      size: answer.body.length,
      mimeType: headerOf(answer.headers, 'content-type') ?? 'x-unknown',
      text,
      ...(isBase64 && { encoding: 'base64' as const }),
    },
    redirectURL: headerOf(headers, 'location') ?? '',
    headersSize: -1,
    bodySize: answer.body.length,
  };
}

async function hidden(headers: readonly HarPair[], hider: SecretHider): Promise<HarPair[]> {
  const out: HarPair[] = [];
  for (const { name, value } of headers) out.push({ name, value: await hider.header(name, value) });
  return out;
}

/** HAR wants an absolute address; everything behind the origin is exactly the request target. */
function urlOf({ target, headers }: ReceivedRequest, ownHost: string): string {
  if (/^https?:\/\//i.test(target)) return target;
  const named = headerOf(headers, 'host') ?? '';
  const host = /^[\w.:[\]-]+$/.test(named) ? named : ownHost;
  return `http://${host}${target.startsWith('/') ? '' : '/'}${target}`;
}

function cookiesOf(header: string | undefined): HarPair[] {
  return (header ?? '').split(';').flatMap((part) => {
    const at = part.indexOf('=');
    return at < 1 ? [] : [{ name: part.slice(0, at).trim(), value: part.slice(at + 1).trim() }];
  });
}
