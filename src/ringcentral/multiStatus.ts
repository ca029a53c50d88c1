import type { HttpResponse } from '../http';

/** Asks for the JSON form of an answer about many ids; a server that does not know it sends JSON or parts. */
export const ACCEPT_MANY =
  'application/vnd.ringcentral.multipart+json, application/json, multipart/mixed';

const BOUNDARY = /boundary="?([^";]+)"?/i;

/**
 * The records in an answer to a request for several ids: 207 with `[{resourceId, status, body}]` or
 * with multipart/mixed parts, or plain JSON (one record, an array, or `{records}`). Parts that report
 * an error are left out.
 * @see RingCentral developer guide, Batch requests
 */
export function manyRecords(response: HttpResponse): unknown[] {
  const type = String(response.headers['content-type'] ?? '');
  const boundary = /^multipart\//i.test(type) ? BOUNDARY.exec(type)?.[1] : undefined;
  if (boundary !== undefined) return parts(response.text(), boundary).filter(isRecord);
  const body = response.json();
  if (Array.isArray(body)) return body.map(unwrap).filter(isRecord);
  if (!isObject(body)) return [];
  return Array.isArray(body.records) ? body.records.filter(isRecord) : [body].filter(isRecord);
}

/** The first part tells the status of each other; a failed one carries no `id`, so it falls out by itself. */
function parts(text: string, boundary: string): unknown[] {
  return text.split(`--${boundary}`).map((part) => {
    const start = part.search(/\r?\n\r?\n/);
    if (start < 0) return undefined;
    try {
      return JSON.parse(part.slice(start)) as unknown;
    } catch {
      return undefined;
    }
  });
}

function unwrap(item: unknown): unknown {
  return isObject(item) && isObject(item.body) ? item.body : item;
}

function isRecord(value: unknown): boolean {
  return isObject(value) && (typeof value.id === 'string' || typeof value.id === 'number');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
