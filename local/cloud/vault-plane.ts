import { actingCaller } from './acting-caller.ts';
import { AzureError } from './arm/error.ts';
import { failure } from './arm/failure.ts';
import { apiVersionOf } from './arm/find-route.ts';
import type { Caller } from './caller.ts';
import type { Verified, Verifier } from './entra/verify-token.ts';
import { type Incoming, jsonBody } from './incoming.ts';
import type { ExchangeIds, Plane, Prepared } from './plane.ts';
import { createRouter, type Matched } from './router.ts';
import type { Answer, Call, Route, Switches, World } from './service.ts';

const resource = 'https://vault.azure.net';
const audiences = [resource, `${resource}/`];

export type VaultPlaneParts = {
  world: World;
  routes: Route[];
  verify: Verifier;
  /** The tenant whose tokens a vault accepts. */
  tenantOf(vault: string): string;
  /** Whether its host name resolves: that of a deleted vault does not. */
  resolves(vault: string): boolean;
  /** Whether the address of the vault answers in the network of the caller. */
  reaches(vault: string, caller: Caller): boolean;
};

/**
 * https://{vault}.vault.azure.net: challenge authentication, then the service's own answer. The service itself decides on the
 * caller's rights.
 */
export const createVaultPlane = ({ world, routes, verify, tenantOf, resolves, reaches }: VaultPlaneParts): Plane => {
  const find = createRouter(routes);

  const prepare = async (incoming: Incoming, ids: ExchangeIds): Promise<Prepared> => {
    const version = apiVersionOf(incoming.query) ?? '';
    const candidates = find(incoming.path).filter(({ route }) => route.method === incoming.method);
    const served = candidates.find(({ route }) => route.apiVersions.includes(version));
    const matched = served ?? candidates[0];
    const verified = await verify(incoming.headers['authorization'], audiences);
    if (!served)
      world.log(`not simulated: ${incoming.method} https://${incoming.host}${incoming.path}?${incoming.query}`);
    const work = async (): Promise<Answer> => {
      const host = vaultIn(incoming);
      if (!resolves(host)) throw new AzureError(404, 'VaultNotFound', `The vault '${host}' does not exist.`);
      const caller = vaultCaller(verified, tenantOf(host));
      if (!matched) throw new AzureError(404, 'NotFound', `The resource '${incoming.path}' was not found.`);
      checkVersion(version, matched.route, world.switches);
      return actingCaller.run(caller, () => matched.route.handle(callOf(incoming, matched, caller, ids)));
    };
    return {
      name: served ? `${incoming.method} https://{vault}.vault.azure.net${served.route.path}` : 'not simulated',
      mutating: isMutating(incoming.method, incoming.path),
      ...(verified.kind === 'caller' ? { caller: verified.caller } : {}),
      // The caller is unknown until it shows a token: so a name that does not resolve for it fails only then.
      ...(verified.kind === 'caller' && !reaches(vaultIn(incoming), verified.caller)
        ? { fault: 'reset' as const }
        : {}),
      run: () => work().catch((error) => failure(error, world)),
    };
  };
  return { prepare };
};

const usesOfKeys = new Set(['encrypt', 'decrypt', 'wrapkey', 'unwrapkey', 'sign', 'verify', 'backup']);

const isMutating = (method: string, path: string): boolean =>
  method !== 'GET' && method !== 'HEAD' && !usesOfKeys.has(path.split('/').at(-1)?.toLowerCase() ?? '');

const vaultIn = ({ host }: Incoming): string => host.split('.')[0] ?? '';

const callOf = (incoming: Incoming, { params }: Matched<Route>, caller: Caller, ids: ExchangeIds): Call => {
  const { method, host, path, query, headers } = incoming;
  const apiVersion = apiVersionOf(query) ?? '';
  return {
    method,
    host,
    path,
    params: { ...params, vault: vaultIn(incoming) },
    query,
    headers,
    body: jsonBody(incoming, 'BadParameter'),
    caller,
    apiVersion,
    ...ids,
  };
};

const checkVersion = (version: string, { apiVersions }: Route, { refusedApiVersions = {} }: Switches): void => {
  if (version === '') throw new AzureError(400, 'BadParameter', 'api-version must be specified');
  const served = apiVersions.filter((one) => !refusedApiVersions['vault.azure.net']?.includes(one));
  if (served.includes(version)) return;
  const message = `The specified version (${version}) is not recognized. Consider using the latest supported version (${served[0]}).`;
  throw new AzureError(400, 'BadParameter', message);
};

/** The caller, or the 401 with the challenge that names the authority of tokens to the client (RFC 6750). */
const vaultCaller = (verified: Verified, tenantId: string): Caller => {
  if (verified.kind === 'caller') return verified.caller;
  const challenge = `Bearer authorization="https://login.microsoftonline.com/${tenantId}", resource="${resource}"`;
  throw new AzureError(401, 'Unauthorized', refusal(verified), { headers: { 'www-authenticate': challenge } });
};

const refusal = (verified: Exclude<Verified, { kind: 'caller' }>): string => {
  switch (verified.kind) {
    case 'missing':
      return 'AKV10000: Request is missing a Bearer or PoP token.';
    case 'audience':
      return `AKV10022: Invalid audience. Expected ${resource}, found: ${verified.audience}.`;
    case 'issuer':
      return `AKV10032: Invalid issuer. Found: ${verified.issuer}.`;
    case 'expired':
      return `AKV10041: The token expired at ${verified.expiredAt.toISOString()}.`;
    case 'invalid':
      return '[BearerReadAccessTokenFailed] Error validating token.';
  }
};
