import { AzureError } from '../arm/error.ts';
import { resourceId, sameId } from '../arm/resource-id.ts';
import type { Call } from '../service.ts';
import type { KeyVault } from './key-vault.ts';
import type { Vault } from './vault.ts';
import { VAULT_TYPE } from './vault-body.ts';

export const VAULT_PATH =
  '/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.KeyVault/vaults/{vault}';

/** Api-versions before 2026-02-01 retire on 27 February 2027 (Key Vault, access control default). */
export const VAULT_VERSIONS = ['2026-02-01', '2025-05-01', '2024-11-01', '2023-07-01'];

/** The vault that an ARM path names, or 404 ResourceNotFound. */
export const findVault = (keyVault: KeyVault, { params }: Call): Vault => {
  const { subscription = '', group = '', vault: name = '' } = params;
  const vault = keyVault.vault(name);
  if (vault && sameId(vault.id, resourceId({ subscription, group, type: VAULT_TYPE, name }))) return vault;
  throw new AzureError(
    404,
    'ResourceNotFound',
    `The Resource '${VAULT_TYPE}/${name}' under resource group '${group}' was not found. ` +
      'For more details please go to https://aka.ms/ARMResourceNotFoundFix',
  );
};
