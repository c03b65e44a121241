import { z } from 'zod';
import { recordManualAct } from '../activity-log/record-manual-act.ts';
import type { EndGroup } from '../arm/end-group.ts';
import type { FullWorld } from '../create-world.ts';
import type { Service, SimVerb } from '../service.ts';
import { subscriptionId } from '../worlds/product.ts';
import { createdSubscription, createSubscription } from './create-subscription.ts';
import { idOf, moveResource, resourcesOf } from './move-resources.ts';
import { remakeKey, remakeVault } from './remake.ts';

const inSubscription = z.object({ subscription: z.string().default(subscriptionId) });
const inGroup = inSubscription.extend({ group: z.string() });
const moved = inGroup.extend({ resource: z.string() });
const hidden = z.object({ scope: z.string().startsWith('/subscriptions/') });
const remadeKey = z.object({ vault: z.string(), key: z.string().default('cmk') });
const remadeVault = remadeKey.extend({ group: z.string().optional() });

const SUBSCRIPTION = { 'subscription?': 'its id; that of the world when left out' };
const GROUP = { group: 'name of the resource group', ...SUBSCRIPTION };
const SCOPE = { scope: 'id of a subscription, a resource group or a resource' };

const subscriptionIn = ({ subscriptions }: FullWorld, id: string) => {
  const found = subscriptions.get(id);
  if (!found) throw new Error(`There is no subscription '${id}'.`);
  return found;
};

const moves = (world: FullWorld): SimVerb[] => [
  {
    name: 'move-resource',
    title:
      'Move a vault, a server or a disk encryption set to another group: another id, and no role assignments at it',
    parameters: { resource: 'name or id', ...GROUP },
    run: (input) => {
      const { resource, ...place } = moved.parse(input);
      return { id: moveResource(world, idOf(world, resource), place) };
    },
  },
  {
    name: 'move-group',
    title: 'Move all that is in a group to another one',
    parameters: {
      ...GROUP,
      to: 'name of the other group',
      'toSubscription?': 'its subscription; the same when left out',
    },
    run: (input) => {
      const { group, subscription } = inGroup.parse(input);
      const { to, toSubscription } = z
        .object({ to: z.string(), toSubscription: z.string().default(subscription) })
        .parse(input);
      const place = { subscription: toSubscription, group: to };
      return { ids: resourcesOf(world, { subscription, group }).map(({ id }) => moveResource(world, id, place)) };
    },
  },
  {
    name: 'move-subscription',
    title: 'Move a subscription to another tenant: its role assignments are gone, and no token of this tenant is taken',
    parameters: { tenant: 'id of the other tenant', ...SUBSCRIPTION },
    run: (input) => {
      const { subscription, tenant } = inSubscription.extend({ tenant: z.guid() }).parse(input);
      subscriptionIn(world, subscription).tenantId = tenant;
      world.rbac.dropScope(`/subscriptions/${subscription}`);
      return { subscription, tenant };
    },
  },
];

const ends = (world: FullWorld, endGroup: EndGroup): SimVerb[] => [
  {
    name: 'delete-group',
    title: 'Delete a resource group: its vaults are soft-deleted, all else in it is gone',
    parameters: GROUP,
    run: (input) => {
      const { subscription, group: name } = inGroup.parse(input);
      endGroup({ subscription, name });
      const target = `/subscriptions/${subscription}/resourceGroups/${name}`;
      recordManualAct(world, { target, operationName: 'Microsoft.Resources/subscriptions/resourceGroups/delete' });
      return { deleted: name };
    },
  },
  {
    name: 'disable-subscription',
    title: 'Disable a subscription: it can be read, and nothing in it written',
    parameters: SUBSCRIPTION,
    run: (input) => Object.assign(subscriptionIn(world, inSubscription.parse(input).subscription), { disabled: true }),
  },
  {
    name: 'hide-place',
    title: 'Let Azure Resource Manager answer that what lies here is not found, though it is there',
    parameters: SCOPE,
    run: (input) => {
      world.subscriptions.hide(hidden.parse(input).scope);
      return { hidden: world.subscriptions.hidden() };
    },
  },
  {
    name: 'remake-vault',
    title: 'Somebody else purges a vault and makes one of its name, with a key',
    parameters: { vault: 'name of the vault', 'key?': 'name of the key; cmk when left out', 'group?': 'another group' },
    run: (input) => {
      const { vault, key, group } = remadeVault.parse(input);
      return { id: remakeVault(world, vault, key, group) };
    },
  },
  {
    name: 'remake-key',
    title: 'Somebody else purges a key and makes one of its name',
    parameters: { vault: 'name of the vault', 'key?': 'name of the key; cmk when left out' },
    run: (input) => {
      const { vault, key } = remadeKey.parse(input);
      remakeKey(world, vault, key);
      return { remade: `${vault}/${key}` };
    },
  },
];

const repairs = (world: FullWorld): SimVerb[] => [
  {
    name: 'create-subscription',
    title: 'Make a subscription of this tenant; its id is in the answer',
    parameters: {
      name: 'its name',
      'managementGroup?': 'name of the management group that it is put below',
      'server?': 'name of a single server in it, whose key is cmk in the vault kv-{name}',
    },
    run: (input) => createSubscription(world, createdSubscription.parse(input)),
  },
  {
    name: 'show-place',
    title: 'Let Azure Resource Manager find again what lies here',
    parameters: SCOPE,
    run: (input) => {
      world.subscriptions.show(hidden.parse(input).scope);
      return { hidden: world.subscriptions.hidden() };
    },
  },
  {
    name: 'enable-subscription',
    title: 'Enable a disabled subscription',
    parameters: SUBSCRIPTION,
    run: (input) => {
      const found = subscriptionIn(world, inSubscription.parse(input).subscription);
      delete found.disabled;
      return found;
    },
  },
];

/** Verbs on the places of resources (groups and subscriptions): make them, move resources, delete them. */
export const placesService = (world: FullWorld, endGroup: EndGroup): Service => ({
  name: 'places',
  routes: [],
  breaks: [...moves(world), ...ends(world, endGroup)],
  repairs: repairs(world),
  snapshot: () => ({ hidden: world.subscriptions.hidden() }),
});
