import type { EngageAssumptions } from '../assumptions';
import type { Problems } from '../problems';
import type { Call } from './route';

/** Engage Digital docs, Pagination. */
const DEFAULT_LIMIT = 30;
const MOST_LIMIT = 150;

export type Paginate = <T>(
  call: Call,
  records: readonly T[],
  present: (record: T) => unknown,
) => { count: number; offset: number; limit: number; records: unknown[] };

/** Answers a list: `count` is that of all records, `records` those of the page asked for. */
export const paginator =
  (problems: Problems, assumptions: EngageAssumptions): Paginate =>
  ({ parameters }, records, present) => {
    const offset = parameters.whole('offset') ?? 0;
    const wanted = parameters.whole('limit') ?? DEFAULT_LIMIT;
    if (wanted > MOST_LIMIT && assumptions.pageOverMaximum === 'refuse') {
      throw problems.badRequest(`limit must not be over ${MOST_LIMIT}`);
    }
    const limit = Math.min(wanted, MOST_LIMIT);
    const page = records.slice(offset, offset + limit);
    return { count: records.length, offset, limit, records: page.map(present) };
  };
