import { absent, type Fact, present, unknown, type VaultFacts, type VaultLoss } from '../../remediation/model/facts.ts';
import { isWithin, type Scope } from '../connection/scope.ts';
import type { DeletedVault } from './vault-reads.ts';

/** A vault, and what became of it where it is not found. */
export type VaultReading = { readonly vault: Fact<VaultFacts>; readonly vaultLoss?: Fact<VaultLoss> };

/** A vault that is not found. `vaultId`: the ARM id that it had, in the scopes. */
export type MissingVault = { readonly host: string; readonly vaultId?: string };

/** Names of vaults are unique, also among the deleted ones, and begin their hosts. */
export const nameOfHost = (host: string): string => host.split('.', 1)[0]?.toLowerCase() ?? '';

/** Azure does not tell whether such a vault was deleted or is somebody else's. */
export const outOfScope = (what: string): Fact<never> =>
  unknown(`${what} is not in the configured scopes: it was purged, or its scope is missing in GUARDIAN_SCOPE`);

const blindness = (lists: readonly Fact<unknown>[]): string | undefined => {
  const blind = lists.find(({ kind }) => kind !== 'present');
  return blind?.kind === 'unknown' ? blind.reason : blind && 'a subscription of GUARDIAN_SCOPE does not exist';
};

/**
 * What became of a vault that is not found, by the deleted vaults of every subscription. Only one that lay in the scopes
 * counts: a vault of this name that was deleted elsewhere is somebody else's. One that is not among them is gone if it is
 * known to have been in scope, else nobody can tell.
 */
export const lossOf = (
  { host, vaultId }: MissingVault,
  lists: readonly Fact<readonly DeletedVault[]>[],
  scopes: readonly Scope[],
): VaultReading => {
  const deleted = lists
    .flatMap((one) => (one.kind === 'present' ? one.value : []))
    .find((one) => one.name === nameOfHost(host) && isWithin(one.vaultId, scopes));
  if (deleted) {
    const { name: _, ...loss } = deleted;
    return { vault: absent, vaultLoss: present(loss) };
  }
  const reason = blindness(lists);
  if (vaultId !== undefined) return { vault: absent, vaultLoss: reason ? unknown(reason) : present({ kind: 'gone' }) };
  return {
    vault: reason ? unknown(`whether the vault of ${host} was deleted: ${reason}`) : outOfScope(`the vault of ${host}`),
  };
};

/** ARM id of a vault that is there, or was deleted. */
export const vaultIdIn = ({ vault, vaultLoss }: VaultReading): string | undefined => {
  if (vault.kind === 'present') return vault.value.id;
  return vaultLoss?.kind === 'present' && vaultLoss.value.kind === 'deleted' ? vaultLoss.value.vaultId : undefined;
};

/** Why nothing in a vault can be seen. */
export const whyUnseen = (host: string, { vault, vaultLoss }: VaultReading): string => {
  if (vault.kind === 'unknown') return vault.reason;
  if (vaultLoss?.kind === 'unknown')
    return `the vault of ${host} is not found, nor what became of it: ${vaultLoss.reason}`;
  if (vaultLoss?.kind !== 'present' || vaultLoss.value.kind === 'gone')
    return `the vault of ${host} is gone: there is neither a vault nor a deleted one of that name`;
  const { deletedOn, recoverableUntil, vaultId } = vaultLoss.value;
  return `the vault ${vaultId} was deleted on ${deletedOn} and can be recovered until ${recoverableUntil}`;
};
