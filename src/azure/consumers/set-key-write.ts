import { apiVersion } from '../../remediation/model/api-versions.ts';
import { parseResourceId } from '../../remediation/model/resource-id.ts';
import type { ArmWrite } from '../http/arm-client.ts';

/** Sets are read and written by the ARM client: `@azure/arm-compute` drops the words with which Azure refuses a list, */
export const SETS_API = apiVersion('Microsoft.Compute/diskEncryptionSets');

type SetKey = { readonly kid: string; readonly vaultId: string | undefined };

/**
 * The PATCH that gives a disk encryption set a key: another one, or the one it has, which is how Azure says that a rotation
 * that failed is tried again. `sourceVault` must be left out where the vault is in another subscription (DiskRP).
 */
export const setKeyWrite = (id: string, { kid: keyUrl, vaultId }: SetKey): ArmWrite => {
  const isNear = parseResourceId(vaultId ?? '')?.subscriptionId === parseResourceId(id)?.subscriptionId;
  const activeKey = { keyUrl, ...(vaultId !== undefined && isNear ? { sourceVault: { id: vaultId } } : {}) };
  return { method: 'PATCH', path: id, apiVersion: SETS_API, body: { properties: { activeKey } } };
};
