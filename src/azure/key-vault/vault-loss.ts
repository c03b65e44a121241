import { absent, type Fact, present, unknown, type VaultFacts, type VaultLoss } from '../../remediation/model/facts.ts';
import { azValue } from '../../remediation/model/shell-word.ts';
import { isWithin, type Scopes } from '../connection/scope.ts';
import type { DeletedList, DeletedVault } from './vault-reads.ts';

/** A vault, and what happened to it where it is not found. */
export type VaultReading = { readonly vault: Fact<VaultFacts>; readonly vaultLoss?: Fact<VaultLoss> };

/** A vault that is not found. `vaultId`: the ARM id that it had in the scopes. */
export type MissingVault = { readonly host: string; readonly vaultId?: string };

/** Names of vaults are unique, also among deleted vaults, and are the first label of their hosts. */
export const nameOfHost = (host: string): string => host.split('.', 1)[0]?.toLowerCase() ?? '';

/** Azure does not tell whether such a vault was deleted or belongs to somebody else. */
export const outOfScope = (what: string): Fact<never> =>
  unknown(`${what} is not in the configured scopes: it was purged, or its scope is missing in GUARDIAN_SCOPE`);

/** Whether the vault of this host is unknown because it is out of scope. */
export const isOutOfScope = (host: string, fact: Fact<unknown>): boolean => {
  const elsewhere = outOfScope(`the vault of ${host}`);
  return fact.kind === 'unknown' && elsewhere.kind === 'unknown' && fact.reason === elsewhere.reason;
};

/** Keys of a Managed HSM have the HSM's own roles and no events: the product reads nothing of it, and does nothing. */
export const inManagedHsm = (host: string): Fact<never> =>
  unknown(`${host} is a Managed HSM, whose keys and roles the product does not read`);

/**
 * Names of vaults are unique in all of Azure: a vault that answers was moved out of the scopes, or somebody else has
 * created it.
 */
export const livesElsewhere = (host: string): Fact<never> =>
  unknown(
    `no vault of that name is in the configured scopes, nor among the deleted ones, and one answers at ${host}: it was moved out of GUARDIAN_SCOPE, or its name is somebody else's now. ` +
      `Fix: \`az resource list --resource-type Microsoft.KeyVault/vaults --name ${azValue(nameOfHost(host))} --query "[].id"\`, in each of your subscriptions, tells where it is; add that to GUARDIAN_SCOPE, then a person with the role Approver accepts the move: \`cmk-guardian accept-vault '<known id>' '<present id>' --why '<why>'\``,
  );

/** The tenant of a vault that answers, and that of the product. */
export type Tenants = { readonly theirs: string; readonly ours: string };

/**
 * Key Vault takes tokens of its own tenant only, so the product can neither read nor repair a vault of another tenant.
 */
export const ofAnotherTenant = (host: string, { theirs, ours }: Tenants): Fact<never> =>
  unknown(
    `no vault of that name is in the configured scopes, and the one that answers at ${host} is of the tenant ${theirs}, and this product of ${ours}: it was moved to that tenant, its name is somebody else's now, or a consumer names a vault of others. ` +
      `Nothing that is there is read or repaired. Whoever signs in to that tenant sees it: \`az keyvault show --name ${azValue(nameOfHost(host))}\``,
  );

const blindness = (lists: readonly Fact<unknown>[]): string | undefined => {
  const blind = lists.find(({ kind }) => kind !== 'present');
  return blind?.kind === 'unknown' ? blind.reason : blind && 'a subscription of GUARDIAN_SCOPE does not exist';
};

/** A deleted vault that could not be parsed counts as this vault if it has the same name, or no name. */
export const strangeness = (listed: DeletedList, name: string): string | undefined =>
  listed.flatMap((one) => ('strange' in one && (one.name ?? name) === name ? [one.strange] : []))[0];

/**
 * What happened to a vault that is not found, by the deleted vaults of every subscription. Only a deleted vault from
 * the scopes counts: a vault with this name that was deleted elsewhere belongs to somebody else. A vault that is not in
 * the lists is gone if it is known to have been in scope; otherwise its fate is unknown.
 */
export const lossOf = (
  { host, vaultId }: MissingVault,
  lists: readonly Fact<DeletedList>[],
  scopes: Scopes,
): VaultReading => {
  const listed = lists.flatMap((one) => (one.kind === 'present' ? one.value : []));
  const deleted = listed
    .filter((one): one is DeletedVault => !('strange' in one))
    .find((one) => one.name === nameOfHost(host) && isWithin(one.vaultId, scopes));
  if (deleted) {
    const { name: _name, purgeProtection: _protection, ...loss } = deleted;
    return { vault: absent, vaultLoss: present(loss) };
  }
  const reason = blindness(lists) ?? strangeness(listed, nameOfHost(host));
  if (vaultId !== undefined) return { vault: absent, vaultLoss: reason ? unknown(reason) : present({ kind: 'gone' }) };
  return {
    vault: reason ? unknown(`whether the vault of ${host} was deleted: ${reason}`) : outOfScope(`the vault of ${host}`),
  };
};

/** ARM id of a vault that exists or was deleted. */
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
