import type { ApiProblem } from '../errors/apiProblem';
import { invalidParameter, subscriptionProblem } from '../errors/apiProblem';

/** Both spellings of the filter for posts; each notification repeats the one it was asked by. */
export const POST_FILTERS: readonly string[] = [
  '/team-messaging/v1/posts',
  '/restapi/v1.0/glip/posts',
];

/** The documented filters (RingCentral developer guide, Event filters), `~` already expanded. */
const KNOWN: readonly RegExp[] = [
  /^\/team-messaging\/v1\/(?:posts|chats|groups)$/,
  /^\/restapi\/v1\.0\/glip\/(?:posts|groups)$/,
  /^\/restapi\/v1\.0\/account\/\d+\/(?:extension|telephony\/sessions|presence|directory\/entries|a2p-sms\/\w+)/,
  /^\/restapi\/v1\.0\/subscription\/(?:~|[\w-]+)\?threshold=\d+&interval=\d+$/,
];

const MOST_FILTERS = 50;

/** `eventFilters` of a request with `~` written out, or the error that they are none. */
export function readFilters(value: unknown, accountId: string, extensionId: string): string[] {
  if (!Array.isArray(value) || value.length === 0 || value.length > MOST_FILTERS) {
    throw invalidParameter('eventFilters');
  }
  const filters = value.map((filter: unknown) => {
    if (typeof filter !== 'string') throw invalidParameter('eventFilters');
    return filter
      .replace('/account/~', `/account/${accountId}`)
      .replace('/extension/~', `/extension/${extensionId}`);
  });
  const wrong = filters.filter((filter) => !KNOWN.some((pattern) => pattern.test(filter)));
  if (wrong.length > 0) throw invalidFilters(wrong);
  return [...new Set(filters)];
}

const invalidFilters = (filters: readonly string[]): ApiProblem =>
  subscriptionProblem(400, 'SUB-508', `Invalid event filters: [${filters.join(', ')}]`);
