import type { Incoming } from '../incoming.ts';
import type { Plane, Prepared } from '../plane.ts';
import type { Answer } from '../room.ts';
import { createRouter } from '../router.ts';
import { clientCredentials } from './client-credentials.ts';
import type { Entra, TokenVersion } from './entra.ts';
import { instance, loginHost, openIdConfiguration } from './login-metadata.ts';
import { loginRefusal } from './login-refusal.ts';
import type { Signer } from './signer.ts';

type LoginRoute = {
  method: string;
  path: string;
  handle(incoming: Incoming, params: Record<string, string>): Answer | Promise<Answer>;
};

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
          name: `${route.method} ${loginHost}${route.path}`,
          mutating: false,
          run: async () => refuseTenant(entra, params['tenant'] ?? '') ?? route.handle(incoming, params),
        };
      }
      log(`not simulated: ${incoming.method} https://${incoming.host}${incoming.path}`);
      return { name: 'not simulated', mutating: false, run: async () => notFound(incoming) };
    },
  };
};

/** Nothing of Entra is simulated beyond the routes above. */
const notFound = ({ path }: Incoming): Answer =>
  loginRefusal(404, 'invalid_request', `AADSTS900144: The endpoint '${path}' does not exist.`);

/** Tenants that stand for any. */
const wildcards = ['common', 'organizations'];

const refuseTenant = (entra: Entra, tenant: string): Answer | undefined =>
  [...wildcards, ...entra.tenants()].includes(tenant.toLowerCase())
    ? undefined
    : loginRefusal(400, 'invalid_tenant', `AADSTS90002: Tenant '${tenant}' not found.`);
