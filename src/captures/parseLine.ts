import { noResponse, targetOf, type CaptureEntry, type HarPair, type HarRequest } from './entry';
import { isRecord, parseJson } from './json';
import { CAPTURE_KINDS, kindOf, type CaptureKind } from './kinds';

/** What one line of a capture says. */
export type CaptureLine =
  | { readonly is: 'entry'; readonly entry: CaptureEntry }
  | { readonly is: 'deletion'; readonly id: string }
  | { readonly is: 'blank' }
  | { readonly is: 'unknown' };

/** Reads a line that a recorder, a person or another program wrote; own fields may be missing. */
export function parseLine(line: string): CaptureLine {
  if (line.trim() === '') return { is: 'blank' };
  const value = parseJson(line);
  if (!isRecord(value) || typeof value._id !== 'string' || value._id === '')
    return { is: 'unknown' };
  if (value._deleted === true) return { is: 'deletion', id: value._id };
  const request = requestOf(value.request);
  if (request === undefined) return { is: 'unknown' };
  return { is: 'entry', entry: entryOf(value, value._id, request) };
}

function entryOf(value: Record<string, unknown>, id: string, request: HarRequest): CaptureEntry {
  const kind = isKind(value._kind) ? value._kind : kindOfRequest(request);
  const started = value.startedDateTime;
  const time = numberOr(value.time, 0);
  return {
    // Fields that a later version writes are kept: an entry may be written again.
    ...value,
    _id: id,
    _seq: numberOr(value._seq, 0),
    _kind: kind,
    _conversation: typeof value._conversation === 'string' ? value._conversation : kind,
    startedDateTime:
      typeof started === 'string' && !Number.isNaN(Date.parse(started))
        ? started
        : new Date(0).toISOString(),
    time,
    request,
    response: responseOf(value.response),
    cache: {},
    timings: timingsOf(value.timings, time),
  };
}

function requestOf(value: unknown): HarRequest | undefined {
  if (!isRecord(value) || typeof value.method !== 'string') return undefined;
  if (typeof value.url !== 'string') return undefined;
  const { postData, ...rest } = value;
  const text = isRecord(postData) ? postData.text : undefined;
  return {
    ...rest,
    method: value.method,
    url: value.url,
    httpVersion: stringOr(value.httpVersion, 'HTTP/1.1'),
    cookies: pairsOf(value.cookies),
    headers: pairsOf(value.headers),
    queryString: pairsOf(value.queryString),
    ...(isRecord(postData) &&
      typeof text === 'string' && {
        postData: {
          mimeType: stringOr(postData.mimeType, ''),
          text,
          ...(postData._encoding === 'base64' && { _encoding: 'base64' as const }),
        },
      }),
    headersSize: numberOr(value.headersSize, -1),
    bodySize: numberOr(value.bodySize, -1),
  };
}

function responseOf(value: unknown): CaptureEntry['response'] {
  const none = noResponse();
  if (!isRecord(value) || typeof value.status !== 'number') return none;
  const content = isRecord(value.content) ? value.content : {};
  return {
    ...value,
    status: value.status,
    statusText: stringOr(value.statusText, ''),
    httpVersion: stringOr(value.httpVersion, 'HTTP/1.1'),
    cookies: pairsOf(value.cookies),
    headers: pairsOf(value.headers),
    content: {
      size: numberOr(content.size, 0),
      mimeType: stringOr(content.mimeType, 'x-unknown'),
      ...(typeof content.text === 'string' && { text: content.text }),
      ...(content.encoding === 'base64' && { encoding: 'base64' as const }),
    },
    redirectURL: stringOr(value.redirectURL, ''),
    headersSize: numberOr(value.headersSize, -1),
    bodySize: numberOr(value.bodySize, -1),
  };
}

function timingsOf(value: unknown, time: number): CaptureEntry['timings'] {
  const timings = isRecord(value) ? value : {};
  return {
    send: numberOr(timings.send, 0),
    wait: numberOr(timings.wait, time),
    receive: numberOr(timings.receive, 0),
  };
}

function kindOfRequest(request: HarRequest): CaptureKind {
  const text = request.postData?.text ?? '';
  return kindOf({
    method: request.method,
    target: targetOf(request.url),
    headers: request.headers,
    json: parseJson(text),
    text,
  });
}

function isKind(value: unknown): value is CaptureKind {
  return CAPTURE_KINDS.some((kind) => kind === value);
}

function pairsOf(value: unknown): HarPair[] {
  if (!Array.isArray(value)) return [];
  return (value as unknown[]).flatMap((pair) =>
    isRecord(pair) && typeof pair.name === 'string' && typeof pair.value === 'string'
      ? [{ ...pair, name: pair.name, value: pair.value }]
      : [],
  );
}

function numberOr(value: unknown, otherwise: number): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : otherwise;
}

function stringOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise;
}
