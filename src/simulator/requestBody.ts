import { unparsableRequest } from './errors/apiProblem';

/** The JSON object of a request; an absent body is an empty one. */
export function objectBody(body: unknown): Record<string, unknown> {
  if (body === undefined || body === null) return {};
  if (typeof body !== 'object' || Array.isArray(body)) throw unparsableRequest();
  return body as Record<string, unknown>;
}

/** A query parameter that may be repeated, as a list. */
export function listOf(value: unknown): string[] {
  const values: unknown[] = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return values.filter((item): item is string => typeof item === 'string' && item !== '');
}
