import type { AssignedTo, AssignmentsAt, RoleReads } from '../access/role-reads.ts';
import { type Connection, cachedBy } from '../connection/connection.ts';
import type { Estate } from '../consumers/estate.ts';
import type { FirstKeys } from '../key-vault/first-keys.ts';
import type { VersionSources } from '../key-vault/observe-versions.ts';
import type { WaysOutSources } from '../key-vault/observe-ways-out.ts';
import type { VaultLook, Vaults } from '../key-vault/vault-directory.ts';
import { type SharedReads, shareReads } from './observe-consumers.ts';
import type { ObserveRequest } from './observe-request.ts';
import type { UseSources } from './observe-use.ts';

export type Sources = VersionSources &
  WaysOutSources & {
    readonly estate: Estate;
    readonly vaults: Vaults;
    readonly roles: RoleReads;
    readonly firstKeys: FirstKeys;
    readonly ownIdentity: Connection['ownIdentity'];
  };

/** Reads that the keys of one observation share: no resource is read twice. */
export type Shared = SharedReads & UseSources & { readonly vaults: Promise<VaultLook> };

const queryOf = ({ key, vaultId }: ObserveRequest) => ({ host: key.host, ...(vaultId !== undefined && { vaultId }) });

type Reads = { readonly assignments: AssignmentsAt; readonly assignedTo?: AssignedTo; readonly vaults: Vaults['read'] };

export const share = (
  sources: Sources,
  requests: readonly ObserveRequest[],
  { assignedTo, assignments, vaults }: Reads,
): Shared => ({
  ...shareReads(sources.estate, requests),
  vaults: vaults(requests.map(queryOf)),
  roleOf: sources.roles.roleOf,
  firstKeys: cachedBy(sources.firstKeys),
  assignments,
  ...(assignedTo && { assignedTo }),
  ownObjectId: () =>
    sources.ownIdentity().then(
      ({ objectId }) => objectId,
      () => undefined,
    ),
});
