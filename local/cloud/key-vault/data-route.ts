import { AzureError } from '../arm/error.ts';
import { refuseDataByPolicy } from '../arm/refuse-by-policy.ts';
import type { Answer, Call, Route, World } from '../service.ts';
import { authorize } from './authorize.ts';
import type { KeyAction } from './key-actions.ts';
import type { KeyVault } from './key-vault.ts';
import type { Quotas } from './quota.ts';
import { servesKeys, type Vault } from './vault.ts';
import { vaultArrival } from './vault-arrival.ts';

/** Api-versions of the SDKs from 4.8 on; 2025-07-01 is @azure/keyvault-keys 4.10.2, and 7.6-preview.2 the Azure CLI 2.91.0. */
const DATA_VERSIONS = ['2025-07-01', '7.6', '7.6-preview.2', '7.5', '7.4'];

/** A request that was let through, with its vault; `name` is the key's in the path. */
export type Permitted = { vault: Vault; name: string; version: string | undefined; call: Call; now: number };

export type DataRoute = (
  method: string,
  path: string,
  action: KeyAction,
  answer: (permitted: Permitted) => Answer,
) => Route;

/** Makes routes of the data plane: each checks its vault's quota and its action for its caller before it does anything. */
export const createDataRoute =
  (world: World, keyVault: KeyVault, quotas: Quotas): DataRoute =>
  (method, path, action, answer) => ({
    plane: 'vault',
    method,
    path,
    apiVersions: DATA_VERSIONS,
    handle: (call) => {
      const { vault: host = '', key, version } = call.params;
      const vault = keyVault.vault(host);
      if (!vault || !servesKeys(vault))
        throw new AzureError(404, 'VaultNotFound', `The vault '${host}' does not exist.`);
      quotas.spend(vault, action, vault.keys.get((key ?? '').toLowerCase()));
      const requester = { ...call.caller, trustedService: false, arrival: vaultArrival(world, vault, call.caller) };
      authorize(world, vault, requester, action, key);
      const keyId = `${vault.id}/keys/${key ?? ''}`;
      if (method === 'PATCH' || method === 'POST')
        refuseDataByPolicy(world, { scope: keyId, type: 'Microsoft.KeyVault.Data/vaults/keys', body: call.body });
      return answer({ vault, name: key ?? '', version, call, now: world.clock.now() });
    },
  });
