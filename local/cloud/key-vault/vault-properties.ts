import { AzureError } from '../arm/error.ts';
import type { AccessPolicy, NetworkAcls, Vault } from './vault.ts';

/** The writable properties of a vault. `rbac` is enableRbacAuthorization; null means access policies. */
export type VaultProperties = {
  tenantId?: string | undefined;
  sku?: Vault['sku'] | undefined;
  tags?: Record<string, string> | undefined;
  accessPolicies?: AccessPolicy[] | undefined;
  rbac?: boolean | null | undefined;
  networkAcls?: NetworkAcls | undefined;
  publicNetworkAccess?: string | undefined;
  softDelete?: boolean | undefined;
  purgeProtection?: boolean | undefined;
  softDeleteRetention?: number | undefined;
  enabledFor?: Partial<Vault['enabledFor']> | undefined;
};

export type VaultSpec = VaultProperties & { subscription: string; group: string; name: string; location: string };

const badRequest = (message: string) => new AzureError(400, 'BadRequest', message);

/** Vault names are 3 to 24 letters, digits and single hyphens. */
export const checkName = (name: string) => {
  if (!/^[a-z](?!.*--)[a-z0-9-]{1,22}[a-z0-9]$/i.test(name))
    throw new AzureError(
      400,
      'VaultNameNotValid',
      `The vault name '${name}' is invalid. A vault's name must be between 3-24 alphanumeric characters. ` +
        'The name must begin with a letter, end with a letter or digit, and not contain consecutive hyphens.',
    );
};

/** Refuses values that no write of a vault may have. */
export const checkProperties = ({ softDeleteRetention, accessPolicies }: VaultProperties) => {
  if (softDeleteRetention !== undefined && (softDeleteRetention < 7 || softDeleteRetention > 90))
    throw badRequest('The property "softDeleteRetentionInDays" must be between 7 and 90.');
  if ((accessPolicies?.length ?? 0) > 1024) throw badRequest('A vault can have at most 1024 access policies.');
};

/** Refuses changes that an existing vault does not allow. */
export const checkIrreversible = (vault: Vault, properties: VaultProperties) => {
  const { purgeProtection, softDelete, softDeleteRetention } = properties;
  if (purgeProtection && !(vault.softDelete || softDelete))
    throw badRequest('The property "enablePurgeProtection" cannot be set to true while "enableSoftDelete" is false.');
  if (purgeProtection === false && vault.purgeProtection)
    throw badRequest(
      'The property "enablePurgeProtection" cannot be set to false. Enabling the purge protection for a vault is an irreversible action.',
    );
  if (softDeleteRetention !== undefined && softDeleteRetention !== vault.softDeleteRetention)
    throw badRequest('The property "softDeleteRetentionInDays" has been set already and it can\'t be modified.');
};
