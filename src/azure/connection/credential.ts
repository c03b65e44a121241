import type { TokenCredential } from '@azure/core-auth';
import { createHttpClient } from '../http/http-client.ts';
import { askedOnce } from './asked-once.ts';

/**
 * The function app's managed identity: the user-assigned identity with this client id, or the system-assigned one.
 * Token requests use the product's own HTTP client, since the SDK's retry policy gives up at a 429 without
 * `Retry-After`.
 */
export const openCredential = async (clientId?: string): Promise<TokenCredential> => {
  const { ManagedIdentityCredential } = await import('@azure/identity');
  const options = { httpClient: await createHttpClient(), retryOptions: { maxRetries: 0 } };
  return askedOnce(
    clientId === undefined
      ? new ManagedIdentityCredential(options)
      : new ManagedIdentityCredential({ ...options, clientId }),
  );
};
