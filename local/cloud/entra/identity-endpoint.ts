import { randomUUID } from 'node:crypto';
import { decodeJwt } from 'jose';
import type { Incoming } from '../incoming.ts';
import type { Plane } from '../plane.ts';
import type { Answer } from '../service.ts';
import type { Entra, Principal } from './entra.ts';

/** Where App Service's managed-identity endpoint is on the loopback port. */
export const identityPath = '/msi/token';

/** `header` is the secret that stands for a resource; a process that knows it gets that resource's tokens. */
export type IdentityEndpoint = { plane: Plane; header(resourceId: string): string };

/** App Service managed-identity endpoint, api-version 2019-08-01 (Microsoft Learn: overview-managed-identity, REST reference). */
export const createIdentityEndpoint = (entra: () => Entra): IdentityEndpoint => {
  const secrets = new Map<string, string>();
  const resources = new Map<string, string>();
  const header = (resourceId: string): string => {
    const key = resourceId.toLowerCase();
    const secret = secrets.get(key) ?? randomUUID();
    secrets.set(key, secret);
    resources.set(secret, resourceId);
    return secret;
  };
  const plane: Plane = {
    prepare: async (incoming) => ({
      name: `GET ${identityPath}`,
      mutating: false,
      run: () => answer(entra(), resources.get(incoming.headers['x-identity-header'] ?? ''), incoming),
    }),
  };
  return { plane, header };
};

const answer = async (entra: Entra, resourceId: string | undefined, { query }: Incoming): Promise<Answer> => {
  if (!resourceId) return refusal(401, 'The X-IDENTITY-HEADER is missing or wrong.');
  if (query.get('api-version') !== '2019-08-01') return refusal(400, 'The api-version must be 2019-08-01.');
  const resource = query.get('resource');
  if (!resource) return refusal(400, 'The query parameter resource is required.');
  const principal = chosen(entra, resourceId, query);
  if (!principal) {
    const message =
      'No User Assigned or Delegated Managed Identity found for specified ClientId/ResourceId/PrincipalId.';
    return refusal(400, message);
  }
  const access_token = await entra.issue({ principal, audience: resource, holder: resourceId });
  const expires_on = String(decodeJwt(access_token).exp);
  return {
    status: 200,
    body: { access_token, expires_on, resource, token_type: 'Bearer', client_id: principal.appId },
  };
};

const chosen = (entra: Entra, resourceId: string, query: URLSearchParams): Principal | undefined => {
  const clientId = query.get('client_id');
  const principalId = query.get('principal_id') ?? query.get('object_id');
  const identityId = query.get('mi_res_id')?.toLowerCase();
  if (!clientId && !principalId && !identityId) return entra.managedIdentity(resourceId);
  return entra
    .attachedIdentities(resourceId)
    .find(
      (each) =>
        each.appId === clientId || each.objectId === principalId || each.resourceId?.toLowerCase() === identityId,
    );
};

const refusal = (statusCode: number, message: string): Answer => ({
  status: statusCode,
  body: { statusCode, message, correlationId: randomUUID() },
});
