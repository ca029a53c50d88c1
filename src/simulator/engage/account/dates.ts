/** ISO 8601 in UTC to the second, as the REST API and the Source SDK print dates. */
export const isoSeconds = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;

/** ISO 8601 in UTC to the millisecond, as webhooks print `issued_at`. */
export const isoMilliseconds = (ms: number): string => new Date(ms).toISOString();

const ISO_DATE = /^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:?\d{2}))?$/;

/** A date somebody sent; what is no ISO date (the Send API's samples have `06/11/2017`) is unknown. */
export function readIsoDate(text: string | undefined): number | undefined {
  if (text === undefined || !ISO_DATE.test(text)) return undefined;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? undefined : ms;
}
