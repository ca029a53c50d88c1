import type { EngageAccount } from '../../account/account';
import type { Presenter } from '../../account/present';
import type { Problems } from '../../problems';
import type { WebhookBook, WebhookDraft } from '../../webhooks/webhookBook';
import type { Paginate } from '../page';
import type { Parameters } from '../parameters';
import type { Route } from '../route';

/** API reference, Webhooks. A save answers before the handshake has ended. */
export function webhookRoutes(
  account: EngageAccount,
  book: WebhookBook,
  show: Presenter,
  problems: Problems,
  page: Paginate,
): Route[] {
  const find = (id: string) => {
    const webhook = account.webhooks.get(id);
    if (!webhook) throw problems.notFound('Webhook');
    return webhook;
  };
  return [
    {
      method: 'GET',
      path: '/webhooks',
      run: (call) => page(call, account.webhooks.all(), (webhook) => show.webhook(webhook)),
    },
    {
      method: 'POST',
      path: '/webhooks',
      run: ({ parameters }) => {
        parameters.required('url');
        return show.webhook(book.create(readDraft(parameters)).webhook);
      },
    },
    { method: 'GET', path: '/webhooks/:id', run: ({ path }) => show.webhook(find(path('id'))) },
    {
      method: 'PUT',
      path: '/webhooks/:id',
      run: ({ path, parameters }) =>
        show.webhook(book.update(find(path('id')), readDraft(parameters)).webhook),
    },
    {
      method: 'DELETE',
      path: '/webhooks/:id',
      run: ({ path }) => {
        const webhook = find(path('id'));
        book.remove(webhook);
        return show.webhook(webhook);
      },
    },
  ];
}

const readDraft = (parameters: Parameters): WebhookDraft => ({
  url: parameters.text('url'),
  name: parameters.text('name'),
  registeredEvents: parameters.list('registered_events'),
  active: parameters.flag('active'),
  stagingUse: parameters.flag('staging_use'),
  verifyToken: parameters.text('verify_token'),
  secret: parameters.text('secret'),
});
