import { isOpen, type EngageAccount } from '../../account/account';
import type { Presenter } from '../../account/present';
import type { Intervention } from '../../account/records';
import type { Desk } from '../../desk/desk';
import type { Problems } from '../../problems';
import type { Paginate } from '../page';
import type { Route } from '../route';

const BY_STATUS: Readonly<Record<string, (intervention: Intervention) => boolean>> = {
  active: (intervention) => isOpen(intervention) && intervention.deferred_at === null,
  closed: ({ state }) => state === 'closed',
  deferred: (intervention) => isOpen(intervention) && intervention.deferred_at !== null,
  opened: ({ state }) => state === 'opened',
  reopened: ({ state }) => state === 'reopened',
};

/** API reference, Interventions. */
export function interventionRoutes(
  account: EngageAccount,
  desk: Desk,
  show: Presenter,
  problems: Problems,
  page: Paginate,
): Route[] {
  const find = (id: string) => {
    const intervention = account.interventions.get(id);
    if (!intervention) throw problems.notFound('Intervention');
    return intervention;
  };
  return [
    {
      method: 'GET',
      path: '/interventions',
      run: (call) => {
        const { parameters } = call;
        const threadId = parameters.text('thread_id');
        const userId = parameters.text('user_id');
        const identityId = parameters.text('identity_id');
        const status = parameters.text('status');
        if (status !== undefined && !Object.hasOwn(BY_STATUS, status)) {
          throw problems.badRequest('status must be active, closed, deferred, opened or reopened');
        }
        const records = account.interventions.filter(
          (intervention) =>
            (threadId === undefined || intervention.thread_id === threadId) &&
            (userId === undefined || intervention.user_id === userId) &&
            (identityId === undefined || intervention.identity_id === identityId) &&
            (status === undefined || BY_STATUS[status]?.(intervention) === true),
        );
        return page(call, records, (intervention) => show.intervention(intervention));
      },
    },
    {
      method: 'POST',
      path: '/interventions',
      run: ({ parameters, user }) => {
        const content = account.contents.get(parameters.required('content_id'));
        if (!content) throw problems.notFound('Content');
        const { intervention } = desk.open(content, user);
        if (intervention.user_id === null) desk.assign(intervention, user, user);
        return show.intervention(intervention);
      },
    },
    {
      method: 'GET',
      path: '/interventions/:id',
      run: ({ path }) => show.intervention(find(path('id'))),
    },
    {
      method: 'PUT',
      path: '/interventions/:id/close',
      run: ({ path, user }) => show.intervention(desk.close(find(path('id')), user).intervention),
    },
    {
      method: 'DELETE',
      path: '/interventions/:id/cancel',
      run: ({ path, user }) => show.intervention(desk.cancel(find(path('id')), user).intervention),
    },
    {
      method: 'PUT',
      path: '/interventions/:id/reassign',
      run: ({ path, parameters, user }) => {
        const agent = account.users.get(parameters.required('user_id'));
        if (!agent) throw problems.invalid('user_id is no user');
        return show.intervention(desk.assign(find(path('id')), agent, user).intervention);
      },
    },
  ];
}
