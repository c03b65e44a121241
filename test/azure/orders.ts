import type { Cloud } from '../../local/cloud/cloud.ts';
import { serverId, type WorldPlan } from '../../local/cloud/worlds/build-world.ts';
import { productId, productKeyPermissions, subscriptionId } from '../../local/cloud/worlds/product.ts';
import { formatResourceId } from '../../src/remediation/model/resource-id.ts';
import type { ExtensionTerms } from '../../src/remediation/observation/extend-expiry.ts';
import type { StepSpec } from '../../src/remediation/steps/steps.ts';
import { DAY } from './product.ts';

/** One vault with a key of two versions; a single server and a flexible server both pin version 1. */
export const ORDERS: WorldPlan = {
  vaults: [
    { name: 'kv-orders', permissions: 'accessPolicies', keys: [{ name: 'cmk', versions: 2, expiresInDays: 90 }] },
  ],
  servers: [
    { name: 'orders', generation: 'single', vault: 'kv-orders', key: 'cmk', version: 1 },
    { name: 'web', generation: 'flexible', vault: 'kv-orders', key: 'cmk', version: 1 },
  ],
};

export const KEY = { host: 'kv-orders.vault.azure.net', name: 'cmk' };
export const SINGLE = serverId('single', 'orders');
export const FLEXIBLE = serverId('flexible', 'web');

export const vaultId = ({ world }: Cloud): string => world.keyVault.vault('kv-orders')?.id ?? '';

/** The vault of a key, as a step names it. */
export const vaultOf = (kid: string): { readonly vaultId: string } => {
  const names = [new URL(kid).host.split('.', 1)[0] ?? ''];
  const place = { subscriptionId, resourceGroup: 'data', type: 'microsoft.keyvault/vaults', names };
  return { vaultId: formatResourceId(place).toLowerCase() };
};

export const MARK = { 'cmk-guardian:do-not-heal': 'legal hold' };

/** A person forbids repairs by a tag on the vault, on the pinned version, or on a server. */
export const markVault = ({ world }: Cloud): void => {
  Object.assign(world.keyVault.vault('kv-orders') ?? {}, { tags: MARK });
};
export const markVersion = (cloud: Cloud): void => {
  Object.assign(pinnedVersion(cloud).tags, MARK);
};
export const markServer =
  (id: string) =>
  ({ world }: Cloud): void => {
    Object.assign(world.mysql.servers.get(id)?.tags ?? {}, MARK);
  };

export const pinnedVersion = ({ world }: Cloud) => {
  const pinned = world.keyVault.key('kv-orders', 'cmk')?.versions[0];
  if (!pinned) throw new Error('kv-orders/cmk has no version');
  return pinned;
};

export const setPinned = (cloud: Cloud, attributes: { enabled?: boolean; exp?: number }): void => {
  cloud.world.keyVault.setAttributes('kv-orders', 'cmk', pinnedVersion(cloud).version, attributes);
};

/** The expiry of the pinned version, as the vault keeps it. */
export const pinnedExpiry = (cloud: Cloud): string | undefined => {
  const { exp } = pinnedVersion(cloud);
  return exp === undefined ? undefined : new Date(exp * 1_000).toISOString();
};

export const stateOf = ({ world }: Cloud, id: string): string | undefined =>
  world.mysql.servers.get(id)?.availability.condition;

export const expire = (cloud: Cloud): void =>
  setPinned(cloud, { exp: Math.floor((cloud.world.clock.now() - DAY) / 1_000) });

/** Takes the product's permissions on keys away. */
export const shutProductOut = ({ world }: Cloud): void => {
  const objectId = world.entra.managedIdentity(productId)?.objectId ?? '';
  const policy = { tenantId: world.entra.tenantId, objectId, permissions: { keys: productKeyPermissions } };
  world.keyVault.changePolicies('kv-orders', 'remove', [policy]);
};

/** Closes the vault's firewall to all but trusted services, of which the product is none. */
export const closeFirewall = ({ world }: Cloud): void => {
  const networkAcls = { bypass: 'AzureServices', defaultAction: 'Deny', ipRules: [], virtualNetworkRules: [] } as const;
  world.keyVault.updateVault('kv-orders', { networkAcls: { ...networkAcls, ipRules: [], virtualNetworkRules: [] } });
};

export const extension = (cloud: Cloud, terms: Partial<ExtensionTerms> = {}): StepSpec => ({
  kind: 'extendKeyExpiry',
  target: `https://${KEY.host}/keys/${KEY.name}`,
  parameters: {
    ...vaultOf(pinnedVersion(cloud).kid),
    key: KEY,
    version: pinnedVersion(cloud).version,
    period: 'P1Y',
    maximumAge: 'P5Y',
    threshold: 'P30D',
    ...terms,
  },
});

export const revalidation = (cloud: Cloud, target: string): StepSpec => ({
  kind: 'revalidateConsumer',
  target: target.toLowerCase(),
  parameters: {
    ...vaultOf(pinnedVersion(cloud).kid),
    consumerKind: target === SINGLE ? 'mysqlSingleServer' : 'mysqlFlexibleServer',
    kid: pinnedVersion(cloud).kid,
  },
});
