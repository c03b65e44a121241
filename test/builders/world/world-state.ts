import type { RoleAssignment } from '../../../local/cloud/arm/rbac.ts';
import type { FullWorld } from '../../../local/cloud/create-world.ts';
import type { Server } from '../../../local/cloud/mysql/server.ts';
import { vaultState } from './vault-state.ts';

/** Plain data by name, so that a difference has a path. */
export type Json = null | boolean | number | string | Json[] | Fields;
export type Fields = { [name: string]: Json };

/** Sections of the world, each with its content by name. */
export type WorldState = { [room: string]: Fields };

const plain = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json;

const byName = <T>(all: readonly T[], nameOf: (one: T) => string, state: (one: T) => unknown = plain): Fields =>
  Object.fromEntries(all.map((one) => [nameOf(one), plain(state(one))] as const).sort(([a], [b]) => (a < b ? -1 : 1)));

const idOf = ({ id }: { id: string }): string => id;
const scoped = ({ scope, name }: { scope: string; name: string }): string => `${scope} ${name}`;

/** A server without its history: of its availability only whether it serves now. */
const serverState = ({ availability: { condition, accepting }, ...server }: Server) => ({
  ...server,
  availability: { condition, accepting },
});

/** `scope role principal`. The author, the time and the name of an assignment do not change its effect. */
const assignmentName =
  ({ rbac }: FullWorld) =>
  ({ scope, role, principalId }: RoleAssignment): string =>
    `${scope.toLowerCase()} ${rbac.definition(role)?.roleName ?? role} ${principalId}`;

const withoutHistory = ({
  since: _since,
  history: _history,
  ...machine
}: {
  id: string;
  since: number;
  history: unknown;
}) => machine;

/** Resources that are encrypted, or use a key. */
const consumers = ({ mysql, compute }: FullWorld): WorldState => ({
  servers: byName(mysql.servers.all(), idOf, serverState),
  sets: byName(compute.sets.all(), idOf, ({ loss: _loss, ...set }) => set),
  disks: byName(compute.disks.all(), idOf),
  machines: byName(compute.machines.all(), idOf, withoutHistory),
  scaleSets: byName(compute.scaleSets.all(), idOf),
  clusters: byName(compute.clusters.all(), idOf),
});

const hangingOnVaults = ({ locks, eventGrid, diagnosticSettings }: FullWorld): WorldState => ({
  locks: byName(locks.all(), scoped),
  topics: byName(eventGrid.topics.all(), idOf),
  eventSubscriptions: byName(eventGrid.subscriptions(), scoped, ({ activeSince: _since, ...one }) => one),
  diagnosticSettings: byName(diagnosticSettings.all(), scoped),
});

/**
 * The present state of the world, without times and histories, so that two moments can be compared. It shares no object with the
 * world.
 */
export const worldState = (world: FullWorld): WorldState => {
  const { entra, keyVault, managedIdentities, rbac, subscriptions } = world;
  const vaults = [...keyVault.vaults(), ...keyVault.deletedVaults()];
  return {
    subscriptions: byName(subscriptions.all(), idOf, (one) => ({ ...one, groups: subscriptions.groups(one.id) })),
    principals: byName(
      entra.principals(),
      ({ objectId }) => objectId,
      ({ createdAt: _at, ...one }) => one,
    ),
    identities: byName(managedIdentities.all(), idOf),
    roles: byName(rbac.definitions(), ({ name }) => name),
    assignments: byName(rbac.assignments(), assignmentName(world), ({ principalType }) => ({ principalType })),
    vaults: byName(
      vaults,
      ({ name }) => name,
      (vault) => vaultState(vault, world.clock.now()),
    ),
    ...consumers(world),
    ...hangingOnVaults(world),
  };
};
