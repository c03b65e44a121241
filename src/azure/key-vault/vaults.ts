import { type Fact, present, unknown, type VaultFacts } from '../../remediation/facts.ts';
import type { Connection } from '../connection.ts';
import { readFact } from '../failure/read-fact.ts';
import { parseResourceId, sameId } from '../resource-id.ts';
import { inScope, outermost, type Scope } from '../scope.ts';
import type { ManagementClients } from './management-clients.ts';
import { hostOf, vaultFacts } from './vault-facts.ts';

/** The vaults of the configured scopes, through the control plane. */
export type Vaults = {
  /** The vault of a data-plane host, read now. One ARM call: a GET where its id is known, else the lists of the scopes. */
  read(host: string): Promise<Fact<VaultFacts>>;
  /** The same without a call where the host was looked up in the last ten minutes: only where a vault is, not how. */
  locate(host: string): Promise<Fact<VaultFacts>>;
  /** The host of a vault named by its ARM id. `unknown` outside the scopes. One ARM call. */
  hostOf(vaultId: string): Promise<Fact<string>>;
};

const KEPT_MS = 600_000;
type Kept = { readonly facts: VaultFacts; readonly at: number };

const outOfScope = (what: string) =>
  unknown(`${what} is not in the configured scopes: it was deleted, or its scope is missing in GUARDIAN_SCOPE`);

export const openVaults = (connection: Connection, clients: ManagementClients): Vaults => {
  const kept = new Map<string, Kept>();
  const keep = (host: string, facts: VaultFacts): VaultFacts => {
    kept.set(host, { facts, at: Date.now() });
    return facts;
  };
  const get = async (vaultId: string): Promise<{ host: string; facts: VaultFacts }> => {
    const { subscriptionId, resourceGroup, name } = parseResourceId(vaultId);
    const vault = await (await clients(subscriptionId)).vaults.get(resourceGroup, name);
    return { host: hostOf(vault), facts: keep(hostOf(vault), vaultFacts(vault)) };
  };
  const list = async ({ subscriptionId, resourceGroup }: Scope): Promise<void> => {
    const { vaults } = await clients(subscriptionId);
    const all = resourceGroup ? vaults.listByResourceGroup(resourceGroup) : vaults.listBySubscription();
    for await (const vault of all) keep(hostOf(vault), vaultFacts(vault));
  };
  const lookUp = (host: string): Promise<Fact<VaultFacts>> =>
    readFact({ what: `the vault of ${host}`, ...scopeOfAdvice(connection) }, async () => {
      await Promise.all(outermost(connection.scopes).map(list));
      return kept.get(host)?.facts;
    }).then((fact) =>
      fact.kind !== 'present' ? fact : fact.value ? present(fact.value) : outOfScope(`the vault of ${host}`),
    );
  const read = async (host: string): Promise<Fact<VaultFacts>> => {
    const known = kept.get(host)?.facts;
    if (!known) return lookUp(host);
    const about = { what: `vault ${known.name}`, vaultName: known.name, scope: known.id };
    const fact = await readFact(about, () => get(known.id));
    if (fact.kind === 'absent') kept.delete(host);
    return fact.kind === 'present' ? present(fact.value.facts) : fact;
  };
  return {
    read,
    locate: async (host) => {
      const known = kept.get(host);
      return known && Date.now() - known.at < KEPT_MS ? present(known.facts) : read(host);
    },
    hostOf: async (vaultId) => {
      if (!inScope(vaultId, connection.scopes)) return outOfScope(vaultId);
      const known = [...kept].find(([, { facts }]) => sameId(facts.id, vaultId));
      if (known) return present(known[0]);
      const fact = await readFact({ what: vaultId, scope: vaultId }, () => get(vaultId));
      return fact.kind === 'present' ? present(fact.value.host) : fact;
    },
  };
};

const scopeOfAdvice = ({ scopes }: Connection): { scope?: string } => (scopes[0] ? { scope: scopes[0].id } : {});
