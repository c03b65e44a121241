import type { KeyVaultManagementClient } from '@azure/arm-keyvault';
import { type Connection, cachedBy } from '../connection/connection.ts';
import { onlyTo } from '../http/only-to.ts';

export type ManagementClients = (subscriptionId: string) => Promise<KeyVaultManagementClient>;

/** Clients of Key Vault's control plane that send this api-version. */
export const openManagementClients = (
  { cloud, credential, httpClient }: Connection,
  apiVersion: string,
): ManagementClients =>
  cachedBy(async (subscriptionId) => {
    const { KeyVaultManagementClient } = await import('@azure/arm-keyvault');
    return new KeyVaultManagementClient(await credential(), subscriptionId, {
      apiVersion,
      endpoint: cloud.armEndpoint,
      httpClient: onlyTo(cloud.armEndpoint, await httpClient()),
      retryOptions: { maxRetries: 0 },
    });
  });
