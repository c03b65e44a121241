import type { KeyOperation, World } from '../service.ts';
import type { DiskEncryptionSet, SetRefusal } from './disk-encryption-set.ts';

/**
 * Key operations that running machines need. An expired key still unwraps: machines keep running and fail at their next start
 * (customers, MicrosoftDocs/azure-docs 121652 and 123768; the page on disk encryption says that they stop).
 */
export const RUNNING: KeyOperation[] = ['unwrapKey'];

/** Key operations that a start, a new disk and a new key need: the permissions that the page requires. */
export const STARTING: KeyOperation[] = ['get', 'wrapKey', 'unwrapKey'];

/** The principal with which a set uses its key: its own identity, else the first user-assigned one. */
export const principalOf = ({ identity }: DiskEncryptionSet): string | undefined =>
  identity.system?.principalId ?? Object.values(identity.user)[0]?.principalId;

/** Really uses a key of a set; undefined when every operation works. A key of another tenant is taken to work. */
export const refusalOf = async (
  world: World,
  set: DiskEncryptionSet,
  operations: KeyOperation[],
  kid = set.activeKey.keyUrl,
): Promise<SetRefusal | undefined> => {
  if (set.federatedClientId !== undefined) return undefined;
  const id = principalOf(set);
  const principal = id === undefined ? undefined : world.entra.principal(id);
  if (!principal) return identityNotFound(set);
  const user = { principalId: principal.objectId, tenantId: principal.tenantId, trustedService: true };
  for (const operation of operations) {
    const use = await world.keyVault.use(user, kid, operation);
    if (!use.ok) return forbidden(set, kid, `${use.inner ?? use.code}: ${use.message}`);
  }
  return undefined;
};

/** The message that AKS and disk customers report (MicrosoftDocs/azure-docs 96319); Key Vault's own words follow it. */
const forbidden = ({ id }: DiskEncryptionSet, kid: string, why: string): SetRefusal => ({
  code: 'KeyVaultAccessForbidden',
  message:
    `Unable to access key vault resource '${kid}' to enable encryption at rest. Please grant get, wrap and unwrap key ` +
    `permissions to disk encryption set '${id}'. Please visit https://aka.ms/keyvaultaccessssecmk for more information. ${why}`,
});

/** The example of `autoKeyRotationError` in DiskRP 2025-01-02. */
export const identityNotFound = ({ id }: Pick<DiskEncryptionSet, 'id'>): SetRefusal => ({
  code: 'ManagedServiceIdentityNotFound',
  message:
    `Managed service identity associated with the resource ${id} could not be found. ` +
    'Please update the resource with correct identity to re-enable auto-key rotation.',
});
