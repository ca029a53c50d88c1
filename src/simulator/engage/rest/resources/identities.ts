import type { EngageAccount } from '../../account/account';
import type { Presenter } from '../../account/present';
import type { Problems } from '../../problems';
import type { Paginate } from '../page';
import type { Route } from '../route';

/** API reference, Identities: read only. */
export function identityRoutes(
  account: EngageAccount,
  show: Presenter,
  problems: Problems,
  page: Paginate,
): Route[] {
  return [
    {
      method: 'GET',
      path: '/identities',
      run: (call) => {
        const { parameters } = call;
        const sourceId = parameters.text('source_id');
        const communityId =
          parameters.text('community_id') ?? account.sources.get(sourceId)?.community_id;
        const foreignId = parameters.text('foreign_id');
        const uuid = parameters.text('uuid');
        const userId = parameters.text('user_id');
        if (sourceId !== undefined && communityId === undefined) {
          return page(call, [], () => undefined);
        }
        const records = account.identities.filter(
          (identity) =>
            (communityId === undefined || identity.community_id === communityId) &&
            (foreignId === undefined || identity.foreign_id === foreignId) &&
            (uuid === undefined || identity.uuid === uuid) &&
            (userId === undefined || identity.user_ids.includes(userId)),
        );
        return page(call, records, (identity) => show.identity(identity));
      },
    },
    {
      method: 'GET',
      path: '/identities/:id',
      run: ({ path }) => {
        const identity = account.identities.get(path('id'));
        if (!identity) throw problems.notFound('Identity');
        return show.identity(identity);
      },
    },
  ];
}
