import type { TokenCredential } from '@azure/core-auth';

/** The function app's managed identity: the user-assigned one of this client id, or the system-assigned one. */
export const openCredential = async (clientId?: string): Promise<TokenCredential> => {
  const { ManagedIdentityCredential } = await import('@azure/identity');
  return clientId === undefined ? new ManagedIdentityCredential() : new ManagedIdentityCredential({ clientId });
};
