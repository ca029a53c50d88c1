import type { EngageAccount } from '../../account/account';
import type { Presenter } from '../../account/present';
import type { Problems } from '../../problems';
import type { SourceCaller } from '../../sourceSdk/sourceCaller';
import type { Paginate } from '../page';
import type { Route } from '../route';

/** API reference, Content sources and Communities. Neither can be created by API. */
export function sourceRoutes(
  account: EngageAccount,
  caller: SourceCaller,
  show: Presenter,
  problems: Problems,
  page: Paginate,
): Route[] {
  const find = (id: string) => {
    const source = account.sources.get(id);
    if (!source) throw problems.notFound('Source');
    return source;
  };
  const checkCategories = (ids: string[]): string[] => {
    const unknown = ids.find((id) => !account.categories.get(id));
    if (unknown !== undefined) throw problems.invalid(`There is no category ${unknown}`);
    return ids;
  };
  return [
    {
      method: 'GET',
      path: '/content_sources',
      run: (call) => {
        const active = call.parameters.flag('active');
        const records = account.sources.filter(
          (source) => active === undefined || source.active === active,
        );
        return page(call, records, (source) => show.source(source));
      },
    },
    {
      method: 'GET',
      path: '/content_sources/:id',
      run: ({ path }) => show.source(find(path('id'))),
    },
    {
      method: 'PUT',
      path: '/content_sources/:id',
      run: ({ path, parameters }) => {
        const source = find(path('id'));
        const defaults = parameters.list('default_category_ids');
        const userDefaults = parameters.list('user_thread_default_category_ids');
        const next = {
          name: parameters.text('name') ?? source.name,
          active: parameters.flag('active') ?? source.active,
          default_category_ids: defaults ? checkCategories(defaults) : source.default_category_ids,
          user_thread_default_category_ids: userDefaults
            ? checkCategories(userDefaults)
            : source.user_thread_default_category_ids,
        };
        Object.assign(source, next);
        account.touch(source);
        if (source.baseUri !== undefined) void caller.save(source);
        return show.source(source);
      },
    },
    {
      method: 'GET',
      path: '/communities',
      run: (call) => page(call, account.communities.all(), (community) => community),
    },
    {
      method: 'GET',
      path: '/communities/:id',
      run: ({ path }) => {
        const community = account.communities.get(path('id'));
        if (!community) throw problems.notFound('Community');
        return community;
      },
    },
  ];
}
