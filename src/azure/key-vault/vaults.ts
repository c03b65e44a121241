import { absent, type Fact, present, unknown, type VaultFacts } from '../../remediation/facts.ts';
import { sameResource } from '../../signals/resource-id.ts';
import type { Connection } from '../connection.ts';
import { readFact } from '../failure/read-fact.ts';
import { isWithin, outermost, type Scope } from '../scope.ts';
import type { ManagementClients } from './management-clients.ts';
import { type HostedVault, openVaultReads, type VaultReads } from './vault-reads.ts';

export type VaultsByHost = ReadonlyMap<string, Fact<VaultFacts>>;

/** The vaults of the configured scopes, by data-plane host, through the control plane. */
export type Vaults = {
  /** Reads vaults now: one GET each where their ids are known and that takes fewer calls than one list per scope. */
  read(hosts: readonly string[]): Promise<VaultsByHost>;
  /** One vault now: one GET where its id is known, else one list per scope. */
  readOne(host: string): Promise<Fact<VaultFacts>>;
  /** Where a vault is, not how it is: without a call if that was asked in the last ten minutes. */
  locate(host: string): Promise<Fact<VaultFacts>>;
  /** The same for several at once: what has to be asked is asked with as few calls as `read` takes. */
  locateAll(hosts: readonly string[]): Promise<VaultsByHost>;
  /** The host of a vault named by its ARM id. `unknown` outside the scopes. At most one ARM call. */
  hostOf(vaultId: string): Promise<Fact<string>>;
};

/** What this process has seen. A vault that is gone stays: its id tells that apart from one that is out of scope. */
type Seen = {
  readonly reads: VaultReads;
  readonly scopes: readonly Scope[];
  readonly vaults: Map<string, { readonly facts: VaultFacts; readonly at: number }>;
};

const KEPT_MS = 600_000;

/** Azure does not tell whether such a vault was deleted or is somebody else's. */
const outOfScope = (what: string): Fact<never> =>
  unknown(`${what} is not in the configured scopes: it was deleted, or its scope is missing in GUARDIAN_SCOPE`);

const keep = ({ vaults }: Seen, { host, facts }: HostedVault): VaultFacts => {
  vaults.set(host, { facts, at: Date.now() });
  return facts;
};

const forget = ({ vaults }: Seen, host: string): void => {
  const known = vaults.get(host);
  if (known) vaults.set(host, { facts: known.facts, at: 0 });
};

const list = async (seen: Seen, hosts: readonly string[]): Promise<VaultsByHost> => {
  const scope = seen.scopes[0]?.id ?? '';
  const listed = await readFact({ what: `the vaults of ${scope}`, scope }, seen.reads.list);
  if (listed.kind !== 'present') return new Map(hosts.map((host) => [host, listed]));
  const found = new Map(listed.value.map((one) => [one.host, keep(seen, one)]));
  const factOf = (host: string): Fact<VaultFacts> => {
    const facts = found.get(host);
    if (facts) return present(facts);
    forget(seen, host);
    return seen.vaults.has(host) ? absent : outOfScope(`the vault of ${host}`);
  };
  return new Map(hosts.map((host) => [host, factOf(host)]));
};

const get = async (seen: Seen, host: string, { id, name }: VaultFacts): Promise<Fact<VaultFacts>> => {
  const fact = await readFact({ what: `vault ${name}`, vaultName: name, scope: id }, () => seen.reads.get(id));
  if (fact.kind === 'absent') forget(seen, host);
  return fact.kind === 'present' ? present(keep(seen, fact.value)) : fact;
};

const read = async (seen: Seen, hosts: readonly string[]): Promise<VaultsByHost> => {
  const known = hosts.map((host) => ({ host, facts: seen.vaults.get(host)?.facts }));
  const isListShorter = hosts.length > seen.scopes.length || known.some(({ facts }) => facts === undefined);
  if (isListShorter) return list(seen, hosts);
  const gotten = known.map(async ({ host, facts }) => [host, facts ? await get(seen, host, facts) : absent] as const);
  return new Map(await Promise.all(gotten));
};

const hostOf = async (seen: Seen, vaultId: string): Promise<Fact<string>> => {
  if (!isWithin(vaultId, seen.scopes)) return outOfScope(vaultId);
  const known = [...seen.vaults].find(([, { facts }]) => sameResource(facts.id, vaultId));
  if (known) return present(known[0]);
  const fact = await readFact({ what: vaultId, scope: vaultId }, () => seen.reads.get(vaultId));
  if (fact.kind !== 'present') return fact;
  keep(seen, fact.value);
  return present(fact.value.host);
};

const locateAll = async (seen: Seen, hosts: readonly string[]): Promise<VaultsByHost> => {
  const keptOf = (host: string) => {
    const kept = seen.vaults.get(host);
    return kept && Date.now() - kept.at < KEPT_MS ? present(kept.facts) : undefined;
  };
  const stale = hosts.filter((host) => keptOf(host) === undefined);
  const asked = stale.length > 0 ? await read(seen, stale) : new Map<string, Fact<VaultFacts>>();
  return new Map(hosts.map((host) => [host, asked.get(host) ?? keptOf(host) ?? outOfScope(host)]));
};

export const openVaults = (connection: Connection, clients: ManagementClients): Vaults => {
  const scopes = outermost(connection.scopes);
  const seen: Seen = { reads: openVaultReads(connection, clients), scopes, vaults: new Map() };
  return {
    read: (hosts) => read(seen, hosts),
    readOne: async (host) => (await read(seen, [host])).get(host) ?? outOfScope(host),
    hostOf: (vaultId) => hostOf(seen, vaultId),
    locate: async (host) => (await locateAll(seen, [host])).get(host) ?? outOfScope(host),
    locateAll: (hosts) => locateAll(seen, hosts),
  };
};
