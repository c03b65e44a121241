import { AzureError } from '../arm/error.ts';
import type { Caller } from '../caller.ts';
import type { Verified } from '../entra/verify-token.ts';
import type { Incoming } from '../incoming.ts';
import { type Arrival, mayPass } from '../network/may-pass.ts';
import type { World } from '../service.ts';
import { askedOf, type DataRequest, type DataService } from './data-request.ts';
import { isSigned } from './shared-key.ts';
import type { StorageAccount } from './storage-account.ts';

/** Audiences that storage takes: its own, and the account's. */
export const storageAudiences = (account: string, service: DataService): string[] =>
  ['https://storage.azure.com', `https://${account}.${service}.core.windows.net`].flatMap((host) => [host, `${host}/`]);

/** How a caller's requests reach a service of an account; undefined where its name leads nowhere from there. */
export const storageArrival = (
  { network }: World,
  { id }: StorageAccount,
  service: DataService,
  from: string | undefined,
): Arrival | undefined =>
  network.arrival(from, {
    id,
    part: service,
    service: 'Microsoft.Storage',
    zone: `privatelink.${service}.core.windows.net`,
  });

const KEPT_OUT = 'This request is not authorized to perform this operation.';

/** The firewall decides first, for every caller. */
export const refuseByNetwork = ({ properties }: StorageAccount, arrival: Arrival): void => {
  const { publicNetworkAccess, networkAcls } = properties;
  if (mayPass({ publicNetworkAccess, ...networkAcls }, arrival, false) === 'passes') return;
  throw new AzureError(403, 'AuthorizationFailure', KEPT_OUT);
};

const challenge = (tenantId: string) => ({
  'www-authenticate': `Bearer authorization_uri=https://login.microsoftonline.com/${tenantId}/oauth2/authorize resource_id=https://storage.azure.com`,
});

const unauthenticated = (code: string, tenantId: string): AzureError =>
  new AzureError(
    401,
    code,
    'Server failed to authenticate the request. Please refer to the information in the www-authenticate header.',
    { headers: challenge(tenantId) },
  );

/**
 * A caller that signs with a key, or with a signature made by a key, acts as the account itself, where the account accepts keys.
 */
const refuseKey = (account: StorageAccount, service: DataService, incoming: Incoming): void => {
  if (account.properties.allowSharedKeyAccess === false) {
    const message = 'Key based authentication is not permitted on this storage account.';
    throw new AzureError(403, 'KeyBasedAuthenticationNotPermitted', message);
  }
  const { method, path, query, headers } = incoming;
  if (isSigned({ service, method, account: account.name, path, query, headers }, account.name, account.keys)) return;
  const message =
    'Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly including the signature.';
  throw new AzureError(403, 'AuthenticationFailed', message);
};

/** "Versions 2017-11-09 and later" take tokens. */
const refuseVersion = ({ headers }: Incoming): void => {
  const version = headers['x-ms-version'];
  if (version === undefined)
    throw new AzureError(
      400,
      'MissingRequiredHeader',
      'An HTTP header that is mandatory for this request is not specified.',
    );
  if (version < '2017-11-09')
    throw new AzureError(403, 'AuthenticationFailed', 'Authentication scheme Bearer is not supported in this version.');
};

const callerOf = (verified: Verified, tenantId: string): Caller => {
  if (verified.kind === 'missing') throw unauthenticated('NoAuthenticationInformation', tenantId);
  if (verified.kind !== 'caller' || verified.caller.tenantId !== tenantId)
    throw unauthenticated('InvalidAuthenticationInfo', tenantId);
  return verified.caller;
};

export type Entering = {
  account: StorageAccount;
  incoming: Incoming;
  request: DataRequest;
  verified: Verified;
  tenantId: string;
};

/** Lets a request through to the data, or throws what storage answers. */
export const authorizeData = (world: World, { account, incoming, request, verified, tenantId }: Entering): void => {
  const authorization = incoming.headers['authorization'] ?? '';
  if (authorization.startsWith('SharedKey') || incoming.query.has('sig')) {
    refuseKey(account, request.service, incoming);
    return;
  }
  const { objectId } = callerOf(verified, tenantId);
  refuseVersion(incoming);
  const asked = askedOf(request, objectId);
  const denied = asked.every((one) => !world.rbac.allows(one) || world.denials.denying(one) !== undefined);
  if (!denied) return;
  const message = 'This request is not authorized to perform this operation using this permission.';
  throw new AzureError(403, 'AuthorizationPermissionMismatch', message);
};
