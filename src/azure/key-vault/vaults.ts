import { absent, type Fact, present, unknown, type VaultFacts } from '../../remediation/facts.ts';
import { sameResource } from '../../signals/resource-id.ts';
import type { Connection } from '../connection.ts';
import { readFact } from '../failure/read-fact.ts';
import { placeOf } from '../resource-id.ts';
import { isWithin, outermost } from '../scope.ts';
import type { ManagementClients } from './management-clients.ts';
import { hostOf, vaultFacts } from './vault-facts.ts';

/** The vaults of the configured scopes, by data-plane host, through the control plane. */
export type Vaults = {
  /** Reads vaults now: one GET each where their ids are known and that takes fewer calls than one list per scope. */
  read(hosts: readonly string[]): Promise<ReadonlyMap<string, Fact<VaultFacts>>>;
  /** Where a vault is, not how it is: without a call if that was asked in the last ten minutes. */
  locate(host: string): Promise<Fact<VaultFacts>>;
  /** The host of a vault named by its ARM id. `unknown` outside the scopes. At most one ARM call. */
  hostOf(vaultId: string): Promise<Fact<string>>;
};

type Listed = { readonly host: string; readonly facts: VaultFacts };

const KEPT_MS = 600_000;

/** Azure does not tell whether such a vault was deleted or is somebody else's. */
const outOfScope = (what: string): Fact<never> =>
  unknown(`${what} is not in the configured scopes: it was deleted, or its scope is missing in GUARDIAN_SCOPE`);

/** GET and LIST of Microsoft.KeyVault/vaults 2026-02-01. A list shows as much of a vault as a GET. */
const openReads = ({ scopes }: Connection, clients: ManagementClients) => ({
  get: async (vaultId: string): Promise<Listed> => {
    const { subscriptionId, resourceGroup, name } = placeOf(vaultId);
    const vault = await (await clients(subscriptionId)).vaults.get(resourceGroup, name);
    return { host: hostOf(vault), facts: vaultFacts(vault) };
  },
  list: async (): Promise<readonly Listed[]> => {
    const perScope = outermost(scopes).map(async ({ subscriptionId, resourceGroup }) => {
      const { vaults } = await clients(subscriptionId);
      const listed: Listed[] = [];
      const all = resourceGroup ? vaults.listByResourceGroup(resourceGroup) : vaults.listBySubscription();
      for await (const vault of all) listed.push({ host: hostOf(vault), facts: vaultFacts(vault) });
      return listed;
    });
    return (await Promise.all(perScope)).flat();
  },
});

export const openVaults = (connection: Connection, clients: ManagementClients): Vaults => {
  const reads = openReads(connection, clients);
  const known = new Map<string, { readonly facts: VaultFacts; readonly at: number }>();
  const keep = ({ host, facts }: Listed): VaultFacts => {
    known.set(host, { facts, at: Date.now() });
    return facts;
  };
  const lookUp = async (hosts: readonly string[]): Promise<ReadonlyMap<string, Fact<VaultFacts>>> => {
    const scope = connection.scopes[0]?.id ?? '';
    const listed = await readFact({ what: `the vaults of ${scope}`, scope }, reads.list);
    if (listed.kind !== 'present') return new Map(hosts.map((host) => [host, listed]));
    const found = new Map(listed.value.map((one) => [one.host, keep(one)]));
    const factOf = (host: string): Fact<VaultFacts> => {
      const facts = found.get(host);
      if (facts) return present(facts);
      return known.delete(host) ? absent : outOfScope(`the vault of ${host}`);
    };
    return new Map(hosts.map((host) => [host, factOf(host)]));
  };
  const get = async (host: string, { id, name }: VaultFacts): Promise<Fact<VaultFacts>> => {
    const fact = await readFact({ what: `vault ${name}`, vaultName: name, scope: id }, () => reads.get(id));
    if (fact.kind === 'absent') known.delete(host);
    return fact.kind === 'present' ? present(keep(fact.value)) : fact;
  };
  const read: Vaults['read'] = async (hosts) => {
    const kept = hosts.flatMap((host) => ({ host, facts: known.get(host)?.facts }));
    if (hosts.length > outermost(connection.scopes).length) return lookUp(hosts);
    const pairs = kept.map(async ({ host, facts }) => [host, facts && (await get(host, facts))] as const);
    const gotten = new Map(await Promise.all(pairs));
    const missing = hosts.filter((host) => gotten.get(host) === undefined);
    const looked = missing.length > 0 ? await lookUp(missing) : new Map<string, Fact<VaultFacts>>();
    return new Map(hosts.map((host) => [host, gotten.get(host) ?? looked.get(host) ?? outOfScope(host)]));
  };
  return {
    read,
    locate: async (host) => {
      const kept = known.get(host);
      if (kept && Date.now() - kept.at < KEPT_MS) return present(kept.facts);
      return (await read([host])).get(host) ?? outOfScope(host);
    },
    hostOf: async (vaultId) => {
      if (!isWithin(vaultId, connection.scopes)) return outOfScope(vaultId);
      const kept = [...known].find(([, { facts }]) => sameResource(facts.id, vaultId));
      if (kept) return present(kept[0]);
      const fact = await readFact({ what: vaultId, scope: vaultId }, () => reads.get(vaultId));
      if (fact.kind !== 'present') return fact;
      keep(fact.value);
      return present(fact.value.host);
    },
  };
};
