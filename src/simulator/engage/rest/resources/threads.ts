import type { EngageAccount } from '../../account/account';
import type { Presenter } from '../../account/present';
import type { Thread } from '../../account/records';
import type { EngageAssumptions } from '../../assumptions';
import type { Desk } from '../../desk/desk';
import type { Problems } from '../../problems';
import type { Paginate } from '../page';
import type { Route } from '../route';
import { containsText, search, type Keywords, type Orders } from '../search';

/** API reference, Content threads. */
export function threadRoutes(
  account: EngageAccount,
  desk: Desk,
  show: Presenter,
  problems: Problems,
  page: Paginate,
  assumptions: EngageAssumptions,
): Route[] {
  const find = (id: string) => {
    const thread = account.threads.get(id);
    if (!thread) throw problems.notFound('Thread');
    return thread;
  };
  const keywords = threadKeywords(account, assumptions);
  const orders: Orders<Thread> = {
    created_at: (thread) => thread.created_at,
    updated_at: (thread) => thread.updated_at,
    last_content_at: (thread) => account.contentsOf(thread).at(-1)?.created_at ?? '',
  };
  return [
    {
      method: 'GET',
      path: '/content_threads',
      run: (call) => {
        const query = call.parameters.text('q');
        const found = search(account.threads.all(), query, keywords, orders, problems);
        return page(call, found, (thread) => show.thread(thread));
      },
    },
    {
      method: 'GET',
      path: '/content_threads/:id',
      run: ({ path }) => show.thread(find(path('id'))),
    },
    {
      method: 'PUT',
      path: '/content_threads/:id/update_categories',
      run: ({ path, parameters }) => {
        const thread = find(path('id'));
        const categoryIds = parameters.list('thread_category_ids');
        if (!categoryIds) throw problems.invalid('thread_category_ids is missing');
        desk.categorize(thread, categoryIds);
        return show.thread(thread);
      },
    },
  ];
}

/** Engage Digital docs, Search, Threads. */
function threadKeywords(account: EngageAccount, assumptions: EngageAssumptions): Keywords<Thread> {
  const byForeignId = (thread: Thread, value: string): boolean => thread.foreign_id === value;
  return {
    id: (thread, value) => thread.id === value,
    source: (thread, value) => thread.source_id === value,
    identity: (thread, value) =>
      account.contentsOf(thread).some((content) => content.author_id === value),
    categorized_in: (thread, value) => thread.thread_category_ids.includes(value),
    not_categorized_in: (thread, value) => !thread.thread_category_ids.includes(value),
    assigned_to: (thread, value) =>
      account.interventionsOf(thread).some(({ user_id: id }) => id === value),
    active_and_assigned_to: (thread, value) => account.openIntervention(thread)?.user_id === value,
    status_in: (thread, value) =>
      account.contentsOf(thread).some(({ status }) => value.split(',').includes(status)),
    text: (thread, value) =>
      containsText(thread.title, value) ||
      account.contentsOf(thread).some(({ body }) => containsText(body, value)),
    ...Object.fromEntries(assumptions.threadForeignKeywords.map((name) => [name, byForeignId])),
  };
}
