import type { ComputeManagementClient } from '@azure/arm-compute';
import { onlyTo } from '../http/only-to.ts';
import { type Connection, cachedBy } from './connection.ts';

export type ComputeClients = (subscriptionId: string) => Promise<ComputeManagementClient>;

/** Reads of Microsoft.Compute. `@azure/arm-compute` asks for tokens of the public cloud unless it is told the scope. */
export const openComputeClients = ({ cloud, credential, httpClient }: Connection): ComputeClients =>
  cachedBy(async (subscriptionId) => {
    const { ComputeManagementClient } = await import('@azure/arm-compute');
    const { armEndpoint: endpoint } = cloud;
    return new ComputeManagementClient(await credential(), subscriptionId, {
      httpClient: onlyTo(endpoint, await httpClient()),
      retryOptions: { maxRetries: 0 },
      endpoint,
      credentials: { scopes: [`${endpoint}/.default`] },
    });
  });
