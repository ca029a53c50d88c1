import type { EngageAccount } from '../../account/account';
import type { Problems } from '../../problems';
import type { Paginate } from '../page';
import type { Route } from '../route';

/** API reference, Categories. */
export function categoryRoutes(
  account: EngageAccount,
  problems: Problems,
  page: Paginate,
): Route[] {
  const find = (id: string) => {
    const category = account.categories.get(id);
    if (!category) throw problems.notFound('Category');
    return category;
  };
  return [
    {
      method: 'GET',
      path: '/categories',
      run: (call) => {
        const parentId = call.parameters.text('parent_id');
        const ids = call.parameters.list('ids');
        const records = account.categories.filter(
          (category) =>
            (parentId === undefined || category.parent_id === parentId) &&
            (ids === undefined || ids.includes(category.id)),
        );
        return page(call, records, (category) => category);
      },
    },
    {
      method: 'POST',
      path: '/categories',
      run: ({ parameters }) => {
        const name = parameters.required('name');
        const parentId = parameters.text('parent_id') ?? null;
        if (parentId !== null && !account.categories.get(parentId)) {
          throw problems.invalid('parent_id is no category');
        }
        const color = parameters.whole('color') ?? 0;
        if (color > 6) throw problems.invalid('color must be 0 to 6');
        const ofRoot = <T>(value: T | undefined, otherwise: T): T =>
          parentId === null ? (value ?? otherwise) : otherwise;
        return account.categories.add({
          id: account.newId(),
          ...account.dated(),
          name,
          parent_id: parentId,
          color,
          mandatory: ofRoot(parameters.flag('mandatory'), false),
          multiple: ofRoot(parameters.flag('multiple'), false),
          post_qualification: ofRoot(parameters.flag('post_qualification'), false),
          unselectable: ofRoot(parameters.flag('unselectable'), false),
          source_ids: ofRoot(parameters.list('source_ids'), []),
        });
      },
    },
    { method: 'GET', path: '/categories/:id', run: ({ path }) => find(path('id')) },
  ];
}
