import { type Fact, present, type VaultFacts } from '../../remediation/model/facts.ts';
import { readFact } from '../failure/read-fact.ts';
import { forget, keep, type SeenVaults } from './seen-vaults.ts';
import { type MissingVault, nameOfHost } from './vault-loss.ts';

export type FoundVaults = ReadonlyMap<string, Fact<VaultFacts>>;

/** The vaults with these hosts in all the scopes: one call per scope and page. */
export const listVaults = async (seen: SeenVaults, hosts: readonly string[]): Promise<FoundVaults> => {
  const scope = seen.scopes[0]?.id ?? '';
  const listed = await readFact({ what: `the vaults of ${scope}`, scope }, seen.reads.list);
  if (listed.kind !== 'present') return new Map(hosts.map((host) => [host, listed]));
  const found = new Map(listed.value.map((one) => [one.host, keep(seen, one)]));
  const factOf = (host: string): Fact<VaultFacts> => {
    const facts = found.get(host);
    return facts ? present(facts) : forget(seen, host);
  };
  return new Map(hosts.map((host) => [host, factOf(host)]));
};

const getVault = async (seen: SeenVaults, host: string, vaultId: string): Promise<Fact<VaultFacts>> => {
  const name = nameOfHost(host);
  const fact = await readFact({ what: `vault ${name}`, vaultName: name, scope: vaultId }, () =>
    seen.reads.get(vaultId),
  );
  if (fact.kind === 'absent') return forget(seen, host);
  return fact.kind === 'present' ? present(keep(seen, fact.value)) : fact;
};

/** One fact per vault, with the fewest calls. `isListed`: what is absent is in none of the scopes, under no id. */
export const findVaults = async (
  seen: SeenVaults,
  wanted: readonly MissingVault[],
): Promise<{ readonly found: FoundVaults; readonly isListed: boolean }> => {
  const ids = wanted.flatMap(({ host, vaultId }) => (vaultId === undefined ? [] : [{ host, vaultId }]));
  if (wanted.length > seen.scopes.length || ids.length < wanted.length) {
    const hosts = wanted.map(({ host }) => host);
    return { found: await listVaults(seen, hosts), isListed: true };
  }
  const gotten = ids.map(async ({ host, vaultId }) => [host, await getVault(seen, host, vaultId)] as const);
  return { found: new Map(await Promise.all(gotten)), isListed: false };
};
