import type { EngageAccount } from '../../account/account';
import type { Problems } from '../../problems';
import { SEED_IDS } from '../../seeds';
import type { Paginate } from '../page';
import type { Route } from '../route';

/** API reference, Users, Roles and Status: the agents of the account, as far as a handover asks. */
export function userRoutes(account: EngageAccount, problems: Problems, page: Paginate): Route[] {
  const find = (id: string) => {
    const user = account.users.get(id);
    if (!user) throw problems.notFound('User');
    return user;
  };
  const statusOf = (agentId: string): object => ({
    agent_id: agentId,
    channels: [
      { id: SEED_IDS.channel, name: 'Practice', status: 'available', busyness: 'unoccupied' },
    ],
    custom_status: null,
  });
  return [
    {
      method: 'GET',
      path: '/users',
      run: (call) => {
        const { parameters } = call;
        const email = parameters.text('email');
        const roleId = parameters.text('role_id');
        const identityId = parameters.text('identity_id');
        const categoryId = parameters.text('category_id');
        const records = account.users.filter(
          (user) =>
            (email === undefined || user.email === email) &&
            (roleId === undefined || user.role_id === roleId) &&
            (identityId === undefined || user.identity_ids.includes(identityId)) &&
            (categoryId === undefined || user.category_ids.includes(categoryId)),
        );
        return page(call, records, (user) => user);
      },
    },
    { method: 'GET', path: '/users/me', run: ({ user }) => user },
    { method: 'GET', path: '/users/:id', run: ({ path }) => find(path('id')) },
    {
      method: 'GET',
      path: '/roles',
      run: (call) => page(call, account.roles.all(), (role) => role),
    },
    {
      method: 'GET',
      path: '/roles/:id',
      run: ({ path }) => {
        const role = account.roles.get(path('id'));
        if (!role) throw problems.notFound('Role');
        return role;
      },
    },
    {
      method: 'GET',
      path: '/status',
      run: () => account.users.filter(({ enabled }) => enabled).map(({ id }) => statusOf(id)),
    },
    {
      method: 'GET',
      path: '/status/:agentId',
      run: ({ path }) => statusOf(find(path('agentId')).id),
    },
  ];
}
