import type { CaptureKind } from './kinds';

/** HAR 1.2, `headers`, `queryString`. Header values are the Latin-1 reading of the bytes. */
export interface HarPair {
  name: string;
  value: string;
}

/** HAR 1.2, `postData`; `text` is base64 when `_encoding` says so. */
export interface HarPostData {
  mimeType: string;
  text: string;
  _encoding?: 'base64';
}

/** HAR 1.2, `request`. Sizes are bytes, -1 where not known. */
export interface HarRequest {
  method: string;
  url: string;
  httpVersion: string;
  cookies: HarPair[];
  /** In the order and spelling received, duplicates included. */
  headers: HarPair[];
  queryString: HarPair[];
  postData?: HarPostData;
  headersSize: number;
  bodySize: number;
}

/** HAR 1.2, `content`: the body as on the wire, not decompressed. */
export interface HarContent {
  size: number;
  mimeType: string;
  text?: string;
  encoding?: 'base64';
}

/** HAR 1.2, `response`; status 0 stands for "no answer yet" and for "none came" (with `_error`). */
export interface HarResponse {
  status: number;
  statusText: string;
  httpVersion: string;
  cookies: HarPair[];
  headers: HarPair[];
  content: HarContent;
  redirectURL: string;
  headersSize: number;
  bodySize: number;
}

/** One delivery: a HAR 1.2 entry with own fields behind an underscore, as HAR asks. */
export interface CaptureEntry {
  /** Unique in its file; the last line with an `_id` is the entry. */
  _id: string;
  /** The order in which the deliveries had arrived whole, from 1. */
  _seq: number;
  _kind: CaptureKind;
  /** What belongs together, and is replayed in order. */
  _conversation: string;
  /** Why there is no answer of the bot, as a sentence. */
  _error?: string;
  /** The body is not whole: it was larger than the recorder keeps, or its sender hung up. */
  _truncated?: true;
  /** The address the delivery was passed on to. */
  _forwardedTo?: string;
  /** When the request began to arrive, ISO 8601 with milliseconds. */
  startedDateTime: string;
  /** From passing the delivery on to the last byte of the answer, in ms. */
  time: number;
  request: HarRequest;
  response: HarResponse;
  cache: Record<string, never>;
  timings: { send: number; wait: number; receive: number };
}

export function noResponse(): HarResponse {
  return {
    status: 0,
    statusText: '',
    httpVersion: '',
    cookies: [],
    headers: [],
    content: { size: 0, mimeType: 'x-unknown' },
    redirectURL: '',
    headersSize: -1,
    bodySize: -1,
  };
}

export function isAnswered(entry: CaptureEntry): boolean {
  return entry.response.status !== 0;
}

/** The value of the first header of that name, whatever its case. */
export function headerOf(headers: readonly HarPair[], name: string): string | undefined {
  return headers.find((header) => header.name.toLowerCase() === name)?.value;
}

/** The request target as it stood in the request line: an address without its origin. */
export function targetOf(url: string): string {
  const rest = url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '');
  return rest.startsWith('/') ? rest : `/${rest}`;
}
