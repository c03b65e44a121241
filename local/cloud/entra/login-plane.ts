import type { Incoming } from '../incoming.ts';
import type { Plane, Prepared } from '../plane.ts';
import { createRouter } from '../router.ts';
import type { Answer, World } from '../service.ts';
import { clientCredentials } from './client-credentials.ts';
import type { Entra, TokenVersion } from './entra.ts';
import { instance, loginHost, openIdConfiguration } from './login-metadata.ts';
import { loginRefusal, traced } from './login-refusal.ts';
import { authorize, logIn } from './sign-in/authorize.ts';
import { preflight, readableByAnyPage, readableByOwnPages } from './sign-in/cross-origin.ts';
import { createGrants } from './sign-in/grants.ts';
import { logOut } from './sign-in/log-out.ts';
import { isPersonsGrant, redeem } from './sign-in/redeem.ts';
import { createSessions } from './sign-in/sessions.ts';
import type { SignIn } from './sign-in/sign-in.ts';
import type { Signer } from './signer.ts';

type Handle = (incoming: Incoming, params: Record<string, string>) => Answer | Promise<Answer>;
type LoginRoute = { method: string; path: string; handle: Handle };

/** Data of a tenant that everybody may read, also pages of any origin. */
const publicRoutes = (signer: Signer): LoginRoute[] => {
  const metadata =
    (version: TokenVersion): Handle =>
    (_, { tenant = '' }) =>
      openIdConfiguration(tenant, version);
  const keys: Handle = () => ({ status: 200, body: signer.jwks });
  const routes: LoginRoute[] = [
    { method: 'GET', path: '/{tenant}/v2.0/.well-known/openid-configuration', handle: metadata('2.0') },
    { method: 'GET', path: '/{tenant}/.well-known/openid-configuration', handle: metadata('1.0') },
    { method: 'GET', path: '/{tenant}/discovery/v2.0/keys', handle: keys },
    { method: 'GET', path: '/{tenant}/discovery/keys', handle: keys },
    { method: 'GET', path: '/{tenant}/discovery/instance', handle: (_, { tenant }) => instance(tenant ?? 'common') },
  ];
  return routes.map((route) => ({
    ...route,
    handle: async (incoming, params) => readableByAnyPage(await route.handle(incoming, params)),
  }));
};

const tokenRoutes = (signIn: SignIn): LoginRoute[] => {
  const token =
    (version: TokenVersion): Handle =>
    (incoming, { tenant = '' }) =>
      clientCredentials(signIn.entra, incoming, tenant, version);
  const ofEither: Handle = async (incoming, params) => {
    if (!isPersonsGrant(incoming.text)) return token('2.0')(incoming, params);
    const answer = await redeem(signIn, incoming, params['tenant'] ?? '');
    return readableByOwnPages(signIn.entra.registrations, incoming, answer);
  };
  return [
    { method: 'OPTIONS', path: '/{tenant}/oauth2/v2.0/token', handle: preflight },
    { method: 'POST', path: '/{tenant}/oauth2/v2.0/token', handle: ofEither },
    { method: 'POST', path: '/{tenant}/oauth2/token', handle: token('1.0') },
  ];
};

/** Routes that a person's browser opens. */
const peoplesRoutes = (signIn: SignIn): LoginRoute[] => [
  {
    method: 'GET',
    path: '/{tenant}/oauth2/v2.0/authorize',
    handle: (incoming, { tenant = '' }) => authorize(signIn, incoming, tenant),
  },
  { method: 'POST', path: '/{tenant}/login', handle: (incoming, { tenant = '' }) => logIn(signIn, incoming, tenant) },
  { method: 'GET', path: '/{tenant}/oauth2/v2.0/logout', handle: (incoming) => logOut(signIn, incoming) },
];

/** https://login.microsoftonline.com: metadata, keys, people's signing in and out, and tokens for them and for applications. */
export const createLoginPlane = (
  { entra, clock, log }: Pick<World, 'entra' | 'clock' | 'log'>,
  signer: Signer,
): Plane => {
  const now = () => clock.now();
  const signIn: SignIn = { entra, signer, now, grants: createGrants(now), sessions: createSessions() };
  const find = createRouter<LoginRoute>([...publicRoutes(signer), ...tokenRoutes(signIn), ...peoplesRoutes(signIn)]);
  return {
    prepare: async (incoming, ids): Promise<Prepared> => {
      const found = find(incoming.path).find(({ route }) => route.method === incoming.method);
      if (found) {
        const { route, params } = found;
        const answer = async () => refuseTenant(entra, params['tenant'] ?? '') ?? route.handle(incoming, params);
        return {
          name: `${route.method} ${loginHost}${route.path}`,
          mutating: false,
          run: async () => traced(await answer(), ids, now()),
        };
      }
      log(`not simulated: ${incoming.method} https://${incoming.host}${incoming.path}`);
      return { name: 'not simulated', mutating: false, run: async () => traced(notFound(incoming), ids, now()) };
    },
  };
};

/** Nothing of Entra is simulated beyond the routes above. */
const notFound = ({ path }: Incoming): Answer =>
  loginRefusal(404, 'invalid_request', `AADSTS900144: The endpoint '${path}' does not exist.`);

/** Tenant names that stand for any tenant. */
const wildcards = ['common', 'organizations'];

const refuseTenant = (entra: Entra, tenant: string): Answer | undefined =>
  [...wildcards, ...entra.tenants()].includes(tenant.toLowerCase())
    ? undefined
    : loginRefusal(400, 'invalid_tenant', `AADSTS90002: Tenant '${tenant}' not found.`);
