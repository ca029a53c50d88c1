import type { EngageAccount } from '../../account/account';
import type { Presenter } from '../../account/present';
import type { Content } from '../../account/records';
import type { EngageAssumptions } from '../../assumptions';
import type { Replies } from '../../desk/replies';
import type { Problems } from '../../problems';
import type { Paginate } from '../page';
import type { Call, Route } from '../route';
import { containsText, search, type Keywords, type Orders } from '../search';

/** Engage Digital docs, Search, Contents: fewer keywords than for threads. */
const KEYWORDS: Keywords<Content> = {
  id: (content, value) => content.id === value,
  intervention: (content, value) => content.intervention_id === value,
  identity: (content, value) => content.author_id === value,
  source: (content, value) => content.source_id === value,
  status_in: (content, value) => value.split(',').includes(content.status),
  thread: (content, value) => content.thread_id === value,
  text: (content, value) => containsText(content.body, value),
};

const ORDERS: Orders<Content> = {
  created_at: (content) => content.created_at,
  updated_at: (content) => content.updated_at,
};

/** API reference, Contents. */
export function contentRoutes(
  account: EngageAccount,
  replies: Replies,
  show: Presenter,
  problems: Problems,
  page: Paginate,
  assumptions: EngageAssumptions,
): Route[] {
  const find = (id: string) => {
    const content = account.contents.get(id);
    if (!content) throw problems.notFound('Content');
    return content;
  };
  const create = ({ parameters, user }: Call): unknown => {
    const body = parameters.required('body');
    const repliedToId = parameters.text('in_reply_to_id');
    if (repliedToId === undefined) {
      throw problems.invalid('in_reply_to_id is missing; discussions cannot be initiated here');
    }
    const repliedTo = find(repliedToId);
    const authorId = parameters.text('author_id');
    const author = account.identities.get(authorId);
    if (authorId !== undefined && !author) throw problems.invalid('author_id is no identity');
    const { content } = replies.reply(repliedTo, user, {
      body,
      format: parameters.text('body_format') === 'html' ? 'html' : 'text',
      title: parameters.text('title') ?? null,
      author,
      createdFrom: assumptions.createdFrom.byApi,
    });
    return show.content(content);
  };
  return [
    {
      method: 'GET',
      path: '/contents',
      run: (call) => {
        const query = call.parameters.text('q');
        const found = search(account.contents.all(), query, KEYWORDS, ORDERS, problems);
        return page(call, found, (content) => show.content(content));
      },
    },
    { method: 'POST', path: '/contents', run: create },
    { method: 'GET', path: '/contents/:id', run: ({ path }) => show.content(find(path('id'))) },
  ];
}
