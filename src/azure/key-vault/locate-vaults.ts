import { present } from '../../remediation/model/facts.ts';
import { lookForVaults, type VaultLook } from './look-for-vaults.ts';
import { isRecent, type SeenVaults } from './seen-vaults.ts';
import { outOfScope } from './vault-loss.ts';

const lookForHosts = (seen: SeenVaults, hosts: readonly string[]): Promise<VaultLook> | undefined =>
  hosts.length === 0
    ? undefined
    : lookForVaults(
        seen,
        hosts.map((host) => ({ host })),
      );

/** Where vaults are: what was seen in the last ten minutes is not asked. */
export const locateVaults = async (seen: SeenVaults, hosts: readonly string[]): Promise<VaultLook> => {
  const kept = new Map(
    hosts.flatMap((host) => {
      const vault = seen.vaults.get(host);
      return vault && isRecent(vault.at) ? [[host, present(vault.facts)] as const] : [];
    }),
  );
  const asked = await lookForHosts(
    seen,
    hosts.filter((host) => !kept.has(host)),
  );
  return async (host) => {
    const vault = kept.get(host);
    if (vault) return { vault };
    return asked ? asked(host) : { vault: outOfScope(`the vault of ${host}`) };
  };
};

/**
 * Where vaults are whose hosts are silent: what was seen of them earlier is not believed. A host that is silent though
 * its vault is there is not asked about again for ten minutes.
 */
export const locateSilentVaults = async (seen: SeenVaults, hosts: readonly string[]): Promise<VaultLook> => {
  const doubted = hosts.filter((host) => !isRecent(seen.silent.get(host)));
  const asked = await lookForHosts(seen, doubted);
  const believed = await locateVaults(
    seen,
    hosts.filter((host) => !doubted.includes(host)),
  );
  return async (host) => {
    if (!asked || !doubted.includes(host)) return believed(host);
    const reading = await asked(host);
    if (reading.vault.kind === 'present') seen.silent.set(host, Date.now());
    return reading;
  };
};
