import type { Problems } from '../problems';

/** One condition of `q`: `-keyword:value`; a bare word has no keyword. */
interface Term {
  readonly keyword: string | undefined;
  readonly value: string;
  readonly negated: boolean;
}

/** What each keyword asks of a record. */
export type Keywords<T> = Readonly<Record<string, (record: T, value: string) => boolean>>;

/** What `order:` can sort by; values compare as texts, which ISO dates and ids allow. */
export type Orders<T> = Readonly<Record<string, (record: T) => string>>;

const TERM = /(-?)(?:([a-z_]+):)?(?:"([^"]*)"|'([^']*)'|(\S+))/gi;

function parse(query: string): Term[] {
  return [...query.matchAll(TERM)].map(([, minus, keyword, double, single, bare]) => ({
    negated: minus === '-',
    keyword: keyword?.toLowerCase(),
    value: double ?? single ?? bare ?? '',
  }));
}

/**
 * Searches as the parameter `q` does: space-separated `keyword:value`, quotes for spaces, `-`
 * negates, `order:created_at.asc` sorts (Engage Digital docs, Search). Newest first without order.
 */
export function search<T>(
  records: readonly T[],
  query: string | undefined,
  keywords: Keywords<T>,
  orders: Orders<T>,
  problems: Problems,
): T[] {
  const terms = parse(query ?? '');
  const conditions = terms.filter(({ keyword }) => keyword !== 'order');
  for (const { keyword } of conditions) {
    if (!Object.hasOwn(keywords, keyword ?? 'text')) {
      throw problems.badRequest(`q: the keyword ${keyword ?? ''} is not practised here`);
    }
  }
  const found = records.filter((record) =>
    conditions.every(
      ({ keyword, value, negated }) => keywords[keyword ?? 'text']?.(record, value) !== negated,
    ),
  );
  const order = terms.find(({ keyword }) => keyword === 'order')?.value;
  return order === undefined ? found.reverse() : sort(found, order, orders, problems);
}

function sort<T>(records: T[], order: string, orders: Orders<T>, problems: Problems): T[] {
  const [field = '', direction = 'asc'] = order.split('.');
  const valueOf = Object.hasOwn(orders, field) ? orders[field] : undefined;
  if (!valueOf || !['asc', 'desc'].includes(direction)) {
    throw problems.badRequest(`q: order ${order} is not practised here`);
  }
  const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
  const sorted = records.sort((a, b) => compare(valueOf(a), valueOf(b)));
  return direction === 'asc' ? sorted : sorted.reverse();
}

export const containsText = (haystack: string | null, needle: string): boolean =>
  haystack?.toLowerCase().includes(needle.toLowerCase()) === true;
