import type { TokenCredential } from '@azure/core-auth';
import type { HttpClient } from '@azure/core-rest-pipeline';
import type { Reach } from '../../remediation/model/reach.ts';
import { type ArmClient, createArmClient } from '../http/arm-client.ts';
import { openAgents } from '../http/connections.ts';
import { createHastyHttpClient, createHttpClient } from '../http/http-client.ts';
import type { Ration } from '../http/ration.ts';
import { READS, READS_BESIDE_LISTS } from '../http/rations.ts';
import { type Share, wholeShare } from '../http/share.ts';
import { CLOUDS, type Cloud, type CloudName } from './clouds.ts';
import { openCredential } from './credential.ts';
import { once } from './once.ts';
import { type OwnIdentity, readOwnIdentity } from './own-identity.ts';
import { parseScopes, type Scopes } from './scope.ts';

export type AzureSettings = {
  readonly cloud: CloudName;
  /**
   * Subscriptions and resource groups, as ARM ids, at the moment of the call. The product reads and writes nothing outside
   * them.
   */
  readonly reach: () => Reach;
  /** Client id of a user-assigned managed identity; the system-assigned one where it is left out. */
  readonly identityClientId?: string;
  /** How the probe reads keys; `single` where it is left out: one read of each version. */
  readonly look?: 'single' | 'dataPlaneList' | 'resourceManagerList' | 'auto';
  /** Resource id of the product's own app: event subscriptions to it are the product's own. */
  readonly functionApp?: string;
  /** Customer id (GUID) of the workspace with the audit logs of vaults. */
  readonly auditWorkspace?: string;
  /** Endpoint of the custom Event Grid topic that takes the product's own events. */
  readonly topicEndpoint?: string;
};

/** The parts that all clients of this process share. Nothing is loaded, opened or requested before its first use. */
export type Connection = {
  readonly cloud: Cloud;
  /** The present scopes: every look and every write asks for them anew, and never keeps them. */
  readonly scopes: () => Scopes;
  readonly functionApp?: string;
  readonly auditWorkspace?: string;
  readonly credential: () => Promise<TokenCredential>;
  readonly httpClient: () => Promise<HttpClient>;
  /** For reads that soon run again: a read above the ration is refused. */
  readonly hastyHttpClient: () => Promise<HttpClient>;
  /** This worker's part of the requests that all workers may send to Resource Manager. */
  readonly share: Share;
  readonly arm: () => Promise<ArmClient>;
  /** The product's own identity, read once from its token and then kept. */
  readonly ownIdentity: () => Promise<OwnIdentity>;
};

/** One look asks for the scopes many times: they are parsed again only when they have changed. */
const scopesOf = (reach: () => Reach): (() => Scopes) => {
  let parsed: { readonly of: Reach; readonly scopes: Scopes } | undefined;
  return () => {
    const now = reach();
    if (parsed?.of !== now) parsed = { of: now, scopes: parseScopes(now) };
    return parsed.scopes;
  };
};

/** Lists of vaults by Resource Manager are taken from the reads that there are. */
const readsBeside = (look: AzureSettings['look']): Ration =>
  look === 'resourceManagerList' || look === 'auto' ? READS_BESIDE_LISTS : READS;

export const openConnection = (settings: AzureSettings, share: Share = wholeShare()): Connection => {
  const cloud = CLOUDS[settings.cloud];
  const credential = once(() => openCredential(settings.identityClientId));
  const agents = openAgents();
  const httpClient = once(() => createHttpClient({ reads: readsBeside(settings.look), share }, agents));
  const hastyHttpClient = once(() => createHastyHttpClient(agents));
  const arm = once(async () =>
    createArmClient({ endpoint: cloud.armEndpoint, credential: await credential(), httpClient: await httpClient() }),
  );
  const ownIdentity = once(() => readOwnIdentity(cloud, credential));
  const { functionApp, auditWorkspace } = settings;
  const scopes = scopesOf(settings.reach);
  const clients = { credential, httpClient, hastyHttpClient, share, arm, ownIdentity };
  const named = {
    ...(functionApp !== undefined && { functionApp }),
    ...(auditWorkspace !== undefined && { auditWorkspace }),
  };
  return { cloud, scopes, ...named, ...clients };
};

/** One client per name (subscription, vault, …), created on first use by `open`. */
export const cachedBy = <T>(open: (name: string) => Promise<T>): ((name: string) => Promise<T>) => {
  const clients = new Map<string, () => Promise<T>>();
  return (name) => {
    const client = clients.get(name) ?? once(() => open(name));
    clients.set(name, client);
    return client();
  };
};
