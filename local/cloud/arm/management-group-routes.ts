import type { Route, World } from '../service.ts';
import { AzureError } from './error.ts';
import { managementGroupScope } from './management-groups.ts';
import { page } from './page.ts';

const apiVersions = ['2020-05-01', '2021-04-01', '2023-04-01'];

/** Management Groups - Get Descendants: groups and subscriptions in one list, however deep they lie. */
export const managementGroupRoutes = (world: World): Route[] => [
  {
    plane: 'arm',
    method: 'GET',
    path: '/providers/Microsoft.Management/managementGroups/{managementGroup}/descendants',
    apiVersions,
    action: 'Microsoft.Management/managementGroups/descendants/read',
    handle: (call) => {
      const name = call.params['managementGroup'] ?? '';
      const below = world.subscriptions.descendants(name);
      if (below === undefined) throw new AzureError(404, 'NotFound', `'${managementGroupScope(name)}' not found.`);
      return page(call, below, PAGE, shownBy(world));
    },
  },
];

/** Azure documents no size of its pages. */
const PAGE = 10;

const shownBy =
  ({ subscriptions }: World) =>
  ({ id, parent }: { id: string; parent: string }) => {
    const name = id.slice(id.lastIndexOf('/') + 1);
    const subscription = id.startsWith('/subscriptions/') ? subscriptions.get(name) : undefined;
    const type = id.startsWith('/subscriptions/') ? '/subscriptions' : 'Microsoft.Management/managementGroups';
    const displayName = subscription?.name ?? name;
    return { id, type, name, properties: { displayName, parent: { id: parent } } };
  };
