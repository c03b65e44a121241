import { absent } from '../../remediation/model/facts.ts';
import { lazily } from '../connection/once.ts';
import { findVaults, listVaults } from './find-vaults.ts';
import { idOf, type SeenVaults, type VaultQuery } from './seen-vaults.ts';
import { lossOf, type MissingVault, outOfScope, type VaultReading } from './vault-loss.ts';

/** Each of the vaults that were asked for; the first that is not found has the deleted ones listed, once for all. */
export type VaultLook = (host: string) => Promise<VaultReading>;

const missingVault = (seen: SeenVaults, query: VaultQuery): MissingVault => {
  const vaultId = idOf(seen, query);
  return { host: query.host, ...(vaultId !== undefined && { vaultId }) };
};

/** Reads vaults, and only where one is not found what became of it. One that was moved is found in the lists. */
export const lookForVaults = async (seen: SeenVaults, queries: readonly VaultQuery[]): Promise<VaultLook> => {
  const wanted = new Map(queries.map((query) => [query.host, missingVault(seen, query)]));
  const { found, isListed } = await findVaults(seen, [...wanted.values()]);
  const deleted = lazily(seen.reads.listDeleted);
  const anywhere = lazily(async () => (isListed ? found : listVaults(seen, [...found.keys()])));
  return async (host) => {
    const vault = found.get(host) ?? outOfScope(`the vault of ${host}`);
    if (vault.kind !== 'absent') return { vault };
    const lost = lossOf(wanted.get(host) ?? { host }, await deleted(), seen.scopes);
    if (lost.vaultLoss?.kind === 'present' && lost.vaultLoss.value.kind === 'deleted') return lost;
    const moved = (await anywhere()).get(host) ?? absent;
    return moved.kind === 'absent' ? lost : { vault: moved };
  };
};
