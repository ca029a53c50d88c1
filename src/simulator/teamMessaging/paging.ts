import { invalidParameter } from '../errors/apiProblem';

const DEFAULT_COUNT = 30;
const MOST_RECORDS = 250;

const isCount = (count: number): boolean =>
  Number.isInteger(count) && count >= 1 && count <= MOST_RECORDS;

/** `recordCount` of a list: 30 unless asked for, 250 at most. */
export function recordCountOf(query: Record<string, unknown>): number | undefined {
  const { recordCount } = query;
  if (recordCount === undefined || recordCount === '') return undefined;
  const count = Number(recordCount);
  if (isCount(count)) return count;
  throw invalidParameter('recordCount');
}

/** What a page token stands for. Tokens are stateful: filters need not be repeated with them. */
export interface PageState {
  /** The list it belongs to; a token of another list is invalid. */
  readonly list: string;
  readonly count: number;
  readonly [field: string]: string | number | readonly string[];
}

export const writePageToken = (state: PageState): string =>
  Buffer.from(JSON.stringify(state)).toString('base64url');

/** The page asked for by `pageToken`, or the first page of the list. */
export function pageOf(query: Record<string, unknown>, list: string): PageState {
  const asked = recordCountOf(query);
  const { pageToken } = query;
  if (pageToken === undefined || pageToken === '') return { list, count: asked ?? DEFAULT_COUNT };
  try {
    if (typeof pageToken !== 'string') throw invalidParameter('pageToken');
    const text = Buffer.from(pageToken, 'base64url').toString('utf8');
    const state = JSON.parse(text) as PageState;
    if (state.list === list && isCount(state.count)) {
      return asked === undefined ? state : { ...state, count: asked };
    }
  } catch {
    // Falls through: a token that cannot be read is as wrong as one of another list.
  }
  throw invalidParameter('pageToken');
}

export function numberIn(state: PageState, field: string): number | undefined {
  const value = state[field];
  return typeof value === 'number' ? value : undefined;
}
