import type { ViewRow } from '../protocol';

/** Messages of one author with a longer pause between them stand apart. */
const GROUP_MS = 5 * 60_000;

export interface RowPlace {
  /** First of its day in the list. */
  readonly startsDay: boolean;
  /** Written right after another message of the same author: the name need not be repeated. */
  readonly continues: boolean;
}

export function placeOf(row: ViewRow, before: ViewRow | undefined): RowPlace {
  if (!before) return { startsDay: true, continues: false };
  const startsDay = dayOf(row.createdAt) !== dayOf(before.createdAt);
  const continues =
    !startsDay &&
    row.authorId === before.authorId &&
    row.authorName === before.authorName &&
    row.createdAt - before.createdAt < GROUP_MS;
  return { startsDay, continues };
}

function dayOf(ms: number): string {
  return new Date(ms).toDateString();
}
