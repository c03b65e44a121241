import { AzureError } from '../arm/error.ts';
import { resourceId, sameId } from '../arm/resource-id.ts';
import type { Answer, Call } from '../service.ts';
import type { KeyVault } from './key-vault.ts';
import type { Vault } from './vault.ts';
import { VAULT_TYPE, vaultBody } from './vault-body.ts';

/** Regions are written `koreacentral` or `Korea Central`. */
export const sameLocation = (a: string, b: string): boolean => bare(a) === bare(b);

const bare = (location: string) => location.toLowerCase().replaceAll(' ', '');

const conflict = ({ name }: Vault) =>
  new AzureError(
    409,
    'ConflictError',
    `A conflict occurred that prevented the operation from completing. The operation failed because the Key Vault '${name}' changed ` +
      'from the point it began. This can happen if parallel operations are being performed on the Key Vault. To prevent this error, ' +
      'serialize the operations so that only one operation is performed on the Key Vault at a time.',
  );

const nothingToRecover = () =>
  new AzureError(
    400,
    'SoftDeletedVaultDoesNotExist',
    'A soft deleted vault with the given name does not exist. Ensure that the name for the vault that is being attempted to recover is ' +
      'in a recoverable state. For more information on soft delete please follow this link https://go.microsoft.com/fwlink/?linkid=2149745',
  );

/**
 * PUT with createMode `recover`: the deleted vault comes back as it was, and the other properties of the request are ignored
 * (azure-rest-api-specs 21306). Subscription, resource group and location must be its own. It is a long-running operation without
 * headers: the vault's `provisioningState` shows when it has ended.
 */
export const recovery = (keyVault: KeyVault, { params }: Call, location: string): Answer => {
  const { subscription = '', group = '', vault: name = '' } = params;
  const id = resourceId({ subscription, group, type: VAULT_TYPE, name });
  const present = keyVault.vault(name);
  if (present?.provisioningState === 'RegisteringDns' && sameId(present.id, id)) throw conflict(present);
  const deleted = keyVault.deletedVault(name);
  if (!deleted || !sameId(deleted.id, id) || !sameLocation(deleted.location, location)) throw nothingToRecover();
  return { status: 200, body: vaultBody(keyVault.recoverVault(deleted.name)) };
};
