import type { Answer, Call, ResourceSummary, Room, Route, World } from '../room.ts';
import { filteredResources } from './filter-resources.ts';
import { page } from './page.ts';
import type { ResourceGroup, Subscription } from './subscriptions.ts';

// What @azure/arm-resources 8 and arm-keyvault's generic list speak, and what Terraform and the Azure CLI send.
const apiVersions = [
  '2015-11-01',
  '2016-06-01',
  '2019-10-01',
  '2020-06-01',
  '2021-04-01',
  '2022-09-01',
  '2022-12-01',
].concat('2024-03-01', '2024-11-01', '2025-03-01', '2025-04-01');

/** Microsoft.Resources: subscriptions, resource groups, and the generic lists over every room's resources. */
export const createSubscriptionRoom = (world: World, resources: () => ResourceSummary[]): Room => {
  const { subscriptions, rbac } = world;
  const readable = (call: Call) => (subscription: Subscription) =>
    subscription.tenantId === call.caller.tenantId &&
    (rbac.allows({
      principalId: call.caller.objectId,
      action: 'Microsoft.Resources/subscriptions/read',
      scope: `/subscriptions/${subscription.id}`,
    }) ||
      rbac.assignments().some((each) => belongs(each, call, subscription)));
  const get = (path: string, action: string | undefined, handle: (call: Call) => Answer): Route => ({
    plane: 'arm',
    method: 'GET',
    path,
    apiVersions,
    ...(action ? { action } : {}),
    handle,
  });
  const below = (call: Call) => {
    const scope = call.path.toLowerCase().replace(/\/resources\/?$/, '/');
    return filteredResources(resources(), call.query.get('$filter') ?? '').filter(({ id }) =>
      `${id.toLowerCase()}/`.startsWith(scope),
    );
  };
  const one = '/subscriptions/{subscription}';
  const read = 'Microsoft.Resources/subscriptions';
  return {
    name: 'subscriptions',
    breaks: [],
    snapshot: () => subscriptions.all().map((each) => ({ ...each, resourceGroups: subscriptions.groups(each.id) })),
    routes: [
      get('/subscriptions', undefined, (call) =>
        page(call, subscriptions.all().filter(readable(call)).map(subscriptionJson)),
      ),
      get(one, `${read}/read`, ({ params }) =>
        found(subscriptions.get(params['subscription'] ?? ''), subscriptionJson),
      ),
      get(`${one}/resourceGroups`, `${read}/resourceGroups/read`, (call) =>
        page(call, subscriptions.groups(call.params['subscription'] ?? '').map(groupJson)),
      ),
      get(`${one}/resourceGroups/{group}`, `${read}/resourceGroups/read`, ({ params }) =>
        found(subscriptions.group(params['subscription'] ?? '', params['group'] ?? ''), groupJson),
      ),
      get(`${one}/resources`, `${read}/resources/read`, (call) => page(call, below(call))),
      get(`${one}/resourceGroups/{group}/resources`, `${read}/resourceGroups/resources/read`, (call) =>
        page(call, below(call)),
      ),
    ],
  };
};

const belongs = (each: { principalId: string; scope: string }, { caller }: Call, { id }: Subscription): boolean =>
  each.principalId === caller.objectId && each.scope.toLowerCase().startsWith(`/subscriptions/${id.toLowerCase()}`);

const found = <T>(item: T | undefined, json: (item: T) => unknown): Answer =>
  item === undefined ? { status: 404 } : { status: 200, body: json(item) };

const subscriptionJson = ({ id, name, tenantId }: Subscription) => ({
  id: `/subscriptions/${id}`,
  subscriptionId: id,
  tenantId,
  displayName: name,
  state: 'Enabled',
  subscriptionPolicies: {
    locationPlacementId: 'Public_2014-09-01',
    quotaId: 'EnterpriseAgreement_2014-09-01',
    spendingLimit: 'Off',
  },
  authorizationSource: 'RoleBased',
});

const groupJson = ({ subscription, name, location, tags }: ResourceGroup) => ({
  id: `/subscriptions/${subscription}/resourceGroups/${name}`,
  name,
  type: 'Microsoft.Resources/resourceGroups',
  location,
  tags,
  properties: { provisioningState: 'Succeeded' },
});
