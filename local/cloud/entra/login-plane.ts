import type { Incoming } from '../incoming.ts';
import type { Plane, Prepared } from '../plane.ts';
import type { Answer } from '../room.ts';
import { createRouter } from '../router.ts';
import type { Entra, TokenVersion } from './entra.ts';
import { issuer, type Signer } from './signer.ts';

type LoginRoute = {
  method: string;
  path: string;
  handle(incoming: Incoming, params: Record<string, string>): Answer | Promise<Answer>;
};

const host = 'https://login.microsoftonline.com';

/** https://login.microsoftonline.com: metadata, keys, and tokens for client credentials. */
export const createLoginPlane = (entra: Entra, signer: Signer, log: (line: string) => void): Plane => {
  const metadata =
    (version: TokenVersion) =>
    (_: Incoming, { tenant = '' }: Record<string, string>) =>
      openIdConfiguration(tenant, version);
  const keys = () => ({ status: 200, body: signer.jwks });
  const token =
    (version: TokenVersion) =>
    (incoming: Incoming, { tenant = '' }: Record<string, string>) =>
      clientCredentials(entra, incoming, tenant, version);
  const find = createRouter<LoginRoute>([
    { method: 'GET', path: '/{tenant}/v2.0/.well-known/openid-configuration', handle: metadata('2.0') },
    { method: 'GET', path: '/{tenant}/.well-known/openid-configuration', handle: metadata('1.0') },
    { method: 'GET', path: '/{tenant}/discovery/v2.0/keys', handle: keys },
    { method: 'GET', path: '/{tenant}/discovery/keys', handle: keys },
    { method: 'GET', path: '/{tenant}/discovery/instance', handle: (_, { tenant }) => instance(tenant ?? 'common') },
    { method: 'POST', path: '/{tenant}/oauth2/v2.0/token', handle: token('2.0') },
    { method: 'POST', path: '/{tenant}/oauth2/token', handle: token('1.0') },
  ]);
  return {
    prepare: async (incoming): Promise<Prepared> => {
      const found = find(incoming.path).find(({ route }) => route.method === incoming.method);
      if (found) {
        const { route, params } = found;
        return {
          name: `${route.method} ${host}${route.path}`,
          mutating: false,
          run: async () => route.handle(incoming, params),
        };
      }
      log(`not simulated: ${incoming.method} https://${incoming.host}${incoming.path}`);
      return { name: 'not simulated', mutating: false, run: async () => notFound(incoming) };
    },
  };
};

const openIdConfiguration = (tenant: string, version: TokenVersion): Answer => {
  const v2 = version === '2.0' ? '/v2.0' : '';
  return {
    status: 200,
    body: {
      issuer: issuer(tenant, version),
      authorization_endpoint: `${host}/${tenant}/oauth2${v2}/authorize`,
      token_endpoint: `${host}/${tenant}/oauth2${v2}/token`,
      jwks_uri: `${host}/${tenant}/discovery${v2}/keys`,
      response_types_supported: ['code', 'id_token', 'token'],
      subject_types_supported: ['pairwise'],
      id_token_signing_alg_values_supported: ['RS256'],
      token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt'],
      cloud_instance_name: 'microsoftonline.com',
      tenant_region_scope: null,
    },
  };
};

const instance = (tenant: string): Answer => ({
  status: 200,
  body: {
    tenant_discovery_endpoint: `${host}/${tenant}/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [
      {
        preferred_network: 'login.microsoftonline.com',
        preferred_cache: 'login.windows.net',
        aliases: ['login.microsoftonline.com', 'login.windows.net', 'login.microsoft.com', 'sts.windows.net'],
      },
    ],
  },
});

/** RFC 6749 section 4.4; errors as Entra words them (AADSTS codes). */
const clientCredentials = async (
  entra: Entra,
  incoming: Incoming,
  tenant: string,
  version: TokenVersion,
): Promise<Answer> => {
  const form = new URLSearchParams(incoming.text);
  if (form.get('grant_type') !== 'client_credentials') {
    return refusal(400, 'unsupported_grant_type', 'AADSTS70003: The app requested an unsupported grant type.');
  }
  const clientId = form.get('client_id') ?? '';
  const app = entra.principals().find((each) => each.appId === clientId && each.tenantId === tenant);
  if (!app || app.resourceId) {
    const message = `AADSTS700016: Application with identifier '${clientId}' was not found in the directory '${tenant}'.`;
    return refusal(400, 'unauthorized_client', message);
  }
  if (!entra.proves(app.objectId, form.get('client_secret') ?? '')) {
    return refusal(401, 'invalid_client', 'AADSTS7000215: Invalid client secret provided.');
  }
  const audience = version === '2.0' ? form.get('scope')?.replace(/\/\.default$/, '') : form.get('resource');
  if (!audience)
    return refusal(400, 'invalid_request', 'AADSTS900144: The request body must contain the parameter: scope.');
  const access_token = await entra.issue({ principal: app, audience });
  return { status: 200, body: { token_type: 'Bearer', expires_in: 3600, ext_expires_in: 3600, access_token } };
};

const refusal = (status: number, error: string, error_description: string): Answer => ({
  status,
  body: { error, error_description, error_codes: [Number(/\d+/.exec(error_description)?.[0] ?? 0)] },
});

/** Microsoft Graph and Entra word it differently; neither is simulated beyond the routes above. */
const notFound = ({ host: asked, path }: Incoming): Answer =>
  asked === 'graph.microsoft.com'
    ? {
        status: 404,
        body: { error: { code: 'Request_ResourceNotFound', message: `Resource '${path}' does not exist.` } },
      }
    : refusal(404, 'invalid_request', `AADSTS900144: The endpoint '${path}' does not exist.`);
