import { z } from 'zod';
import type { Answer, Call, Route, World } from '../service.ts';
import type { EndGroup } from './end-group.ts';
import { AzureError } from './error.ts';
import { inRegion } from './locations.ts';
import { page } from './page.ts';
import { readBody, TAGS } from './read-body.ts';
import type { ResourceGroup } from './subscriptions.ts';

const GROUP_TYPE = 'Microsoft.Resources/resourceGroups';
const ACTIONS = 'Microsoft.Resources/subscriptions/resourceGroups';
const COLLECTION = '/subscriptions/{subscription}/resourceGroups';

/** Virtual seconds until a group is gone; Azure promises nothing. */
const DELETION_SECONDS = 120;
const POLL_SECONDS = 15;

const groupPut = z.strictObject({
  id: z.string().optional(),
  name: z.string().optional(),
  type: z.string().optional(),
  location: z.string({ error: 'The location property is required for this definition.' }),
  tags: TAGS.nullish(),
  managedBy: z.string().nullish(),
  properties: z.strictObject({ provisioningState: z.string().optional() }).optional(),
});

const groupPatch = groupPut.omit({ location: true });

/** Microsoft.Resources/resourceGroups: every resource is in a group, and is deleted with it. */
export const resourceGroupRoutes = (world: World, apiVersions: string[], end: EndGroup): Route[] => {
  const route = (method: string, path: string, verb: string, handle: Route['handle']): Route => ({
    plane: 'arm',
    method,
    path: `${COLLECTION}${path}`,
    apiVersions,
    action: `${ACTIONS}/${verb}`,
    handle,
  });
  // Not `{group}`: that name stands for the group of a resource, whose existence is checked before the route runs.
  const one = '/{resourceGroup}';
  return [
    route('GET', '', 'read', (call) => page(call, listed(world, call).map(groupJson))),
    route('GET', one, 'read', (call) => ({ status: 200, body: groupJson(known(world, call)) })),
    route('HEAD', one, 'read', (call) => ({ status: find(world, call) ? 204 : 404 })),
    route('PUT', one, 'write', (call) => put(world, call)),
    route('PATCH', one, 'write', (call) => patch(world, call)),
    route('DELETE', one, 'delete', (call) => remove(world, call, end)),
  ];
};

export const groupId = ({ subscription, name }: Pick<ResourceGroup, 'subscription' | 'name'>): string =>
  `/subscriptions/${subscription}/resourceGroups/${name}`;

const placeIn = ({ params }: Call) => ({
  subscription: params['subscription'] ?? '',
  name: params['resourceGroup'] ?? '',
});

const find = ({ subscriptions }: World, call: Call): ResourceGroup | undefined => {
  const { subscription, name } = placeIn(call);
  return subscriptions.group(subscription, name);
};

const known = (world: World, call: Call): ResourceGroup => {
  const found = find(world, call);
  if (found) return found;
  throw new AzureError(404, 'ResourceGroupNotFound', `Resource group '${placeIn(call).name}' could not be found.`);
};

const listed = ({ subscriptions }: World, call: Call): ResourceGroup[] =>
  subscriptions
    .groups(placeIn(call).subscription)
    .filter((group) => subscriptions.hiddenBy(groupId(group)) === undefined);

/** "Alphanumerics, underscores, parentheses, hyphens, periods. Can't end with period", 90 at most (resource name rules). */
const refuseName = (name: string): void => {
  if (/^[-\w.()]{1,90}$/.test(name) && !name.endsWith('.')) return;
  const message = `The provided resource group name '${name}' has these invalid characters or is too long. The name can only be a letter, digit, '-', '.', '(', ')' or '_'.`;
  throw new AzureError(400, 'InvalidResourceGroup', message);
};

const put = (world: World, call: Call): Answer => {
  const place = placeIn(call);
  refuseName(place.name);
  if (typeof call.body === 'object' && call.body !== null && !('location' in call.body))
    throw new AzureError(400, 'LocationRequired', 'The location property is required for this definition.');
  const { location, tags, managedBy } = readBody(groupPut, call.body);
  const region = inRegion(location, GROUP_TYPE);
  const existing = find(world, call);
  refuseWhileDeleted(existing);
  if (existing && existing.location !== region) throw moved(existing, region);
  const group = existing ?? world.subscriptions.addGroup({ ...place, location: region });
  Object.assign(group, { tags: tags ?? {}, ...(managedBy && { managedBy }) });
  return { status: existing ? 200 : 201, body: groupJson(group) };
};

const moved = ({ location }: ResourceGroup, region: string): AzureError =>
  new AzureError(
    409,
    'InvalidResourceGroupLocation',
    `Invalid resource group location '${region}'. The Resource group already exists in location '${location}'.`,
  );

const patch = (world: World, call: Call): Answer => {
  const group = known(world, call);
  refuseWhileDeleted(group);
  const { tags, managedBy } = readBody(groupPatch, call.body ?? {});
  Object.assign(group, { ...(tags && { tags }), ...(managedBy && { managedBy }) });
  return { status: 200, body: groupJson(group) };
};

/** A group that is being deleted accepts no new resource. */
export const refuseWhileDeleted = (group: ResourceGroup | undefined): void => {
  if (group?.deleting === undefined) return;
  const message = `The resource group '${group.name}' is in deprovisioning state and cannot perform this operation.`;
  throw new AzureError(409, 'ResourceGroupBeingDeleted', message);
};

/** 202 with the URL to poll, which answers 202 until every resource in the group is gone (async-api-reference). */
const remove = (world: World, call: Call, end: EndGroup): Answer => {
  const group = known(world, call);
  group.deleting ??= world.operations.start({
    provider: 'Microsoft.Resources',
    location: group.location,
    seconds: DELETION_SECONDS,
    retryAfter: POLL_SECONDS,
    target: groupId(group),
    apiVersion: call.apiVersion,
    run: async () => {
      try {
        end(group);
      } finally {
        delete group.deleting;
      }
    },
  }).id;
  const location = `https://${call.host}/subscriptions/${group.subscription}/operationresults/${group.deleting}?api-version=${call.apiVersion}`;
  return { status: 202, headers: { location, 'retry-after': String(POLL_SECONDS) } };
};

const groupJson = (group: ResourceGroup) => ({
  id: groupId(group),
  name: group.name,
  type: GROUP_TYPE,
  location: group.location,
  tags: group.tags,
  ...(group.managedBy && { managedBy: group.managedBy }),
  properties: { provisioningState: group.deleting === undefined ? 'Succeeded' : 'Deleting' },
});
