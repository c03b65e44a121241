import type { Answer, Call, ResourceSummary, Route, Service, World } from '../service.ts';
import type { EndGroup } from './end-group.ts';
import { filteredResources } from './filter-resources.ts';
import { managementGroupRoutes } from './management-group-routes.ts';
import { resultRoute } from './operation-routes.ts';
import { page } from './page.ts';
import { providerRoutes } from './provider-routes.ts';
import type { RoleAssignment } from './rbac.ts';
import { resourceGroupRoutes } from './resource-group-routes.ts';
import { normalScope, within } from './scope.ts';
import type { Subscription } from './subscriptions.ts';
import { tagRoutes } from './tag-routes.ts';

// Api-versions that @azure/arm-resources 8 and arm-keyvault's generic list use, and that Terraform and the Azure CLI send.
const apiVersions = [
  '2015-11-01',
  '2016-02-01',
  '2016-06-01',
  '2018-05-01',
  '2019-05-01',
  '2019-10-01',
  '2020-06-01',
  '2021-04-01',
  '2022-09-01',
  '2022-12-01',
].concat(
  '2020-10-01',
  '2021-01-01',
  '2023-07-01',
  '2024-03-01',
  '2024-07-01',
  '2024-11-01',
  '2025-03-01',
  '2025-04-01',
);

const one = '/subscriptions/{subscription}';
const read = 'Microsoft.Resources/subscriptions';

/** Microsoft.Resources: subscriptions, resource groups, and the generic lists over every service's resources. */
export const createSubscriptionService = (
  world: World,
  { resources, served, end }: { resources: () => ResourceSummary[]; served: () => Route[]; end: EndGroup },
): Service => {
  const { subscriptions } = world;
  return {
    name: 'subscriptions',
    breaks: [],
    snapshot: () =>
      subscriptions.all().map(({ registrations, ...each }) => ({
        ...each,
        ...(registrations && { registrations: Object.fromEntries(registrations) }),
        resourceGroups: subscriptions.groups(each.id),
      })),
    routes: [
      ...subscriptionRoutes(world),
      ...resourceGroupRoutes(world, apiVersions, end),
      ...resourceRoutes(resources),
      ...tagRoutes(world, apiVersions, resources),
      ...providerRoutes(world, apiVersions, served),
      ...managementGroupRoutes(world),
      resultRoute(world.operations, apiVersions),
    ],
  };
};

const get = (path: string, action: string | undefined, handle: (call: Call) => Answer): Route => ({
  plane: 'arm',
  method: 'GET',
  path,
  apiVersions,
  ...(action ? { action } : {}),
  handle,
});

const subscriptionRoutes = (world: World): Route[] => [
  get('/subscriptions', undefined, (call) => {
    const readable = world.subscriptions.all().filter((each) => mayRead(world, call, each));
    return page(call, readable.map(subscriptionJson));
  }),
  get(one, `${read}/read`, ({ params }) =>
    found(world.subscriptions.get(params['subscription'] ?? ''), subscriptionJson),
  ),
];

const resourceRoutes = (resources: () => ResourceSummary[]): Route[] => {
  const below = (call: Call) => {
    const scope = call.path.toLowerCase().replace(/\/resources\/?$/, '/');
    const inScope = resources().filter(({ id }) => `${id.toLowerCase()}/`.startsWith(scope));
    return page(call, filteredResources(inScope, call.query.get('$filter') ?? ''));
  };
  return [
    get(`${one}/resources`, `${read}/resources/read`, below),
    get(`${one}/resourceGroups/{group}/resources`, `${read}/resourceGroups/resources/read`, below),
  ];
};

/** A caller sees a subscription in the list where the caller holds any role in it. */
const mayRead = ({ rbac }: World, { caller }: Call, { id, tenantId }: Subscription): boolean => {
  const action = `${read}/read`;
  const scope = `/subscriptions/${id}`;
  const holds = ({ principalId, scope: at }: RoleAssignment) =>
    principalId === caller.objectId && within(normalScope(at), normalScope(scope));
  if (tenantId !== caller.tenantId) return false;
  return rbac.allows({ principalId: caller.objectId, action, scope }) || rbac.assignments().some(holds);
};

const found = <T>(item: T | undefined, json: (item: T) => unknown): Answer =>
  item === undefined ? { status: 404 } : { status: 200, body: json(item) };

const subscriptionJson = ({ id, name, tenantId, disabled }: Subscription) => ({
  id: `/subscriptions/${id}`,
  subscriptionId: id,
  tenantId,
  displayName: name,
  state: disabled ? 'Disabled' : 'Enabled',
  subscriptionPolicies: {
    locationPlacementId: 'Public_2014-09-01',
    quotaId: 'EnterpriseAgreement_2014-09-01',
    spendingLimit: 'Off',
  },
  authorizationSource: 'RoleBased',
});
