import type { VaultFacts } from '../../remediation/model/facts.ts';
import { sameResource } from '../../remediation/model/resource-id.ts';
import type { KeyMaterial } from '../../remediation/observation/material.ts';
import type { VaultIdentity } from '../../remediation/observation/vault-identity.ts';

/**
 * Why a vault that was just read is not the one that a step means; `undefined` where it is. The host name alone finds
 * any vault that has the name now: somebody may have purged the vault and made another one, in the same resource group
 * or elsewhere. A vault that does not show its creation time cannot be told from another one.
 */
export const vaultMismatch = (
  { birth, id, name }: VaultFacts,
  { vaultBirth, vaultId }: VaultIdentity,
): string | undefined => {
  if (!sameResource(id, vaultId)) return `the vault ${name} is ${id} now, and this step is for ${vaultId}`;
  return vaultBirth === undefined || birth === vaultBirth
    ? undefined
    : `the vault ${name} was made ${birth === undefined ? 'nobody shows when' : `at ${birth}`}, and this step is for the one of ${vaultBirth}`;
};

/**
 * Why a key version that was just read is not the one that a step means; `undefined` where it is. Behind a firewall
 * Azure does not show the material. There the version's id decides, since Key Vault makes a new id for every version.
 */
export const versionMismatch = (
  { kid, material }: { readonly kid: string; readonly material?: string },
  its: KeyMaterial,
): string | undefined =>
  material === undefined || its.material === undefined || material === its.material
    ? undefined
    : `${kid} is another key than the one that this step is for: its public part is another`;
