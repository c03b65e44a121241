import { absent, type Fact, present } from '../../remediation/facts.ts';
import { sameResource } from '../../signals/resource-id.ts';
import type { Connection } from '../connection.ts';
import { readFact } from '../failure/read-fact.ts';
import { placeOf } from '../resource-id.ts';
import { VAULT_API } from './vault-resource.ts';

/** A deleted vault as 2026-02-01 shows it. Its tenant, SKU and permission model it does not show. */
export type DeletedVault = {
  /** ARM id that it had, as Azure spells it. */
  readonly vaultId: string;
  readonly location: string;
  /** ISO 8601. */
  readonly deletionDate: string;
  readonly tags?: Readonly<Record<string, string>>;
};

/** The deleted vault of this ARM id. Reading one needs its location, which only the list tells: one call per page. */
export const readDeletedVault = async ({ arm }: Connection, vaultId: string): Promise<Fact<DeletedVault>> => {
  const scope = `/subscriptions/${placeOf(vaultId).subscriptionId}`;
  const listed = await readFact({ what: `the deleted vaults of ${scope}`, scope }, async () =>
    (await arm()).list(`${scope}/providers/Microsoft.KeyVault/deletedVaults`, VAULT_API),
  );
  if (listed.kind !== 'present') return listed;
  const vaults = listed.value.map((one) => (one as { readonly properties: DeletedVault }).properties);
  const found = vaults.find((one) => sameResource(one.vaultId, vaultId));
  return found ? present(found) : absent;
};
