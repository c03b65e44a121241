import type { HttpClient } from '@azure/core-rest-pipeline';
import type { Cloud } from '../connection/clouds.ts';

/**
 * Answers the authentication challenge instead of Key Vault. `KeyClient` sends its first request without a token to
 * learn the tenant. ARM has already given the tenant, so the request need not be sent, and the vault does not log it as
 * a refusal. https://learn.microsoft.com/azure/key-vault/general/authentication-requests-and-responses
 */
export const withKnownChallenge = async (
  httpClient: HttpClient,
  cloud: Cloud,
  tenantId: string,
): Promise<HttpClient> => {
  const { createHttpHeaders } = await import('@azure/core-rest-pipeline');
  const challenge = `Bearer authorization="${cloud.loginEndpoint}/${tenantId}", resource="${cloud.vaultResource}"`;
  return {
    sendRequest: async (request) =>
      request.headers.has('authorization')
        ? httpClient.sendRequest(request)
        : { request, status: 401, headers: createHttpHeaders({ 'www-authenticate': challenge }) },
  };
};
