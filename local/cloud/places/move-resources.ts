import { recordManualAct } from '../activity-log/record-manual-act.ts';
import { parseResourceId, resourceId } from '../arm/resource-id.ts';
import type { FullWorld } from '../create-world.ts';

export type Place = { subscription: string; group: string };

type Resource = { id: string };

/** The resources that this cloud can move: vaults, servers and disk encryption sets. */
const resourcesIn = ({ compute, keyVault, mysql }: FullWorld): Resource[] => [
  ...keyVault.vaults(),
  ...mysql.servers.all(),
  ...compute.sets.all(),
];

/** The id of the resource of that name, where exactly one has it. */
export const idOf = (world: FullWorld, wanted: string): string => {
  const found = resourcesIn(world).filter(({ id }) =>
    [id, id.split('/').at(-1)].some((name) => name?.toLowerCase() === wanted.toLowerCase()),
  );
  if (found.length === 1 && found[0]) return found[0].id;
  throw new Error(`'resource' must be a vault, a server or a disk encryption set; it is '${wanted}'.`);
};

const isIn = ({ id }: Resource, { subscription, group }: Place): boolean => {
  const at = parseResourceId(id);
  return (
    at?.subscription.toLowerCase() === subscription.toLowerCase() && at.group.toLowerCase() === group.toLowerCase()
  );
};

export const resourcesOf = (world: FullWorld, place: Place): Resource[] =>
  resourcesIn(world).filter((one) => isIn(one, place));

const movedId = (id: string, place: Place): string => {
  const { type, name } = parseResourceId(id) ?? {};
  if (type === undefined || name === undefined) throw new Error(`'${id}' is no resource of a group.`);
  return resourceId({ ...place, type, name });
};

/**
 * Puts the resource under its new id into every store that is keyed by id. A vault is stored by its name, which does not change.
 */
const putAgain = ({ compute, keyVault, mysql }: FullWorld, before: string, id: string, place: Place): void => {
  const [server, set] = [mysql.servers.get(before), compute.sets.get(before)];
  const vault = keyVault.vaults().find((one) => one.id === before);
  if (vault) vault.id = id;
  if (server) {
    mysql.servers.remove(before);
    mysql.put(Object.assign(server, { id, ...place }));
  }
  if (set) {
    compute.sets.remove(before);
    compute.sets.put(Object.assign(set, { id, ...place }));
  }
};

/**
 * Moves a resource to another group, of the same or of another subscription: it gets another id, keeps its identity and its
 * content, and loses the role assignments and locks at it ("Move Azure resources", "If a resource with a role assignment is
 * moved").
 */
export const moveResource = (world: FullWorld, before: string, place: Place): string => {
  const id = movedId(before, place);
  world.subscriptions.addGroup({ subscription: place.subscription, name: place.group });
  world.rbac.dropScope(before);
  world.locks.dropScope(before);
  putAgain(world, before, id, place);
  const target = before.split('/').slice(0, 5).join('/');
  recordManualAct(world, {
    target,
    operationName: 'Microsoft.Resources/subscriptions/resourceGroups/moveResources/action',
  });
  return id;
};
