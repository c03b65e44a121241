import { absent, type Fact, present, type VaultFacts } from '../../remediation/model/facts.ts';
import { placeOf, sameResource } from '../../remediation/model/resource-id.ts';
import type { Connection } from '../connection/connection.ts';
import { onceIn } from '../connection/once.ts';
import { isWithin, outermost } from '../connection/scope.ts';
import { readFact } from '../failure/read-fact.ts';
import { findVaults } from './find-vaults.ts';
import { locateSilentVaults, locateVaults } from './locate-vaults.ts';
import { lookForVaults, type VaultLook } from './look-for-vaults.ts';
import type { ManagementClients } from './management-clients.ts';
import { idOf, keep, type SeenVaults, type VaultQuery } from './seen-vaults.ts';
import { outOfScope } from './vault-loss.ts';
import { type DeletedVault, openVaultReads } from './vault-reads.ts';

/** The vaults of the configured scopes, by data-plane host, through the control plane. */
export type Vaults = {
  /**
   * Reads vaults now: one GET each where their ids are known and that takes fewer calls than one list per scope. Where one
   * is not found, one list of deleted vaults per subscription tells what became of all of them, also in a process that
   * never saw them; and where it is not deleted either, one list per scope whether it was moved.
   */
  read(queries: readonly VaultQuery[]): Promise<VaultLook>;
  /** The same for the parts of one sweep: a list of all vaults serves them for a minute. */
  readAround(queries: readonly VaultQuery[]): Promise<VaultLook>;
  /** One vault now: one GET where its id is known, else one list per scope. Does not tell what became of it. */
  readOne(host: string): Promise<Fact<VaultFacts>>;
  /** The deleted vault of this ARM id. Reading one needs its location, which only the list tells: one call per page. */
  readDeleted(vaultId: string): Promise<Fact<DeletedVault>>;
  /** Where vaults are, not how they are: without a call if that was asked in the last ten minutes, else as `read`. */
  locate(hosts: readonly string[]): Promise<VaultLook>;
  /** The same where their hosts are silent: asks as `read`, in ten minutes once for one that is there all the same. */
  locateSilent(hosts: readonly string[]): Promise<VaultLook>;
  /** The host of a vault named by its ARM id. `unknown` outside the scopes. At most one ARM call. */
  hostOf(vaultId: string): Promise<Fact<string>>;
};

const readOne = async (seen: SeenVaults, host: string): Promise<Fact<VaultFacts>> => {
  const vaultId = idOf(seen, { host });
  const { found } = await findVaults(seen, [{ host, ...(vaultId !== undefined && { vaultId }) }]);
  const vault = found.get(host) ?? absent;
  return vault.kind === 'absent' && vaultId === undefined ? outOfScope(`the vault of ${host}`) : vault;
};

const readDeleted = async ({ reads }: SeenVaults, vaultId: string): Promise<Fact<DeletedVault>> => {
  const listed = await reads.listDeletedIn(placeOf(vaultId).subscriptionId);
  if (listed.kind !== 'present') return listed;
  const found = listed.value.find((one) => sameResource(one.vaultId, vaultId));
  return found ? present(found) : absent;
};

const MINUTE = 60_000;

const hostOf = async (seen: SeenVaults, vaultId: string): Promise<Fact<string>> => {
  if (!isWithin(vaultId, seen.scopes)) return outOfScope(vaultId);
  const known = [...seen.vaults].find(([, { facts }]) => sameResource(facts.id, vaultId));
  if (known) return present(known[0]);
  const fact = await readFact({ what: vaultId, scope: vaultId }, () => seen.reads.get(vaultId));
  if (fact.kind !== 'present') return fact;
  keep(seen, fact.value);
  return present(fact.value.host);
};

export const openVaults = (connection: Connection, clients: ManagementClients): Vaults => {
  const scopes = outermost(connection.scopes);
  const seen: SeenVaults = { reads: openVaultReads(connection, clients), scopes, vaults: new Map(), silent: new Map() };
  const around: SeenVaults = { ...seen, reads: { ...seen.reads, list: onceIn(MINUTE, seen.reads.list) } };
  return {
    read: (queries) => lookForVaults(seen, queries),
    readAround: (queries) => lookForVaults(around, queries),
    readDeleted: (vaultId) => readDeleted(seen, vaultId),
    readOne: (host) => readOne(seen, host),
    locate: (hosts) => locateVaults(seen, hosts),
    locateSilent: (hosts) => locateSilentVaults(seen, hosts),
    hostOf: (vaultId) => hostOf(seen, vaultId),
  };
};
