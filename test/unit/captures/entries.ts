import { noResponse, type CaptureEntry } from '../../../src/captures/entry';

/** A delivery for tests; `given` says what matters. */
export function entryOf(
  given: Partial<Omit<CaptureEntry, 'request' | 'response'>> & {
    request?: Partial<CaptureEntry['request']>;
    response?: Partial<CaptureEntry['response']>;
    /** The request's JSON body. */
    json?: unknown;
  } = {},
): CaptureEntry {
  const { json, request, response, ...own } = given;
  const text = json === undefined ? undefined : JSON.stringify(json);
  return {
    _id: 'e1',
    _seq: 1,
    _kind: 'http',
    _conversation: 'http',
    startedDateTime: '2026-01-01T00:00:00.000Z',
    time: 0,
    cache: {},
    timings: { send: 0, wait: 0, receive: 0 },
    ...own,
    request: {
      method: 'POST',
      url: 'http://bot.test/hook',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: [],
      queryString: [],
      ...(text !== undefined && { postData: { mimeType: 'application/json', text } }),
      headersSize: -1,
      bodySize: text?.length ?? 0,
      ...request,
    },
    response: { ...noResponse(), ...response },
  };
}
