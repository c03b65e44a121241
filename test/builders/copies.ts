import { recordManualAct } from '../../local/cloud/activity-log/record-manual-act.ts';
import { serverId, type WorldPlan } from '../../local/cloud/worlds/build-world.ts';
import { grantKeys } from '../../local/cloud/worlds/pinned-key.ts';
import { productKeyPermissions, subscriptionId } from '../../local/cloud/worlds/product.ts';
import { control } from './control.ts';
import { flexible, orders, single, VAULT } from './incident.ts';
import { productObjectId } from './key-loss.ts';
import type { App } from './open-app.ts';

/** A single server `orders` and a flexible server `web` on the same key. */
export const shop = (permissions?: 'accessPolicies' | 'roles'): WorldPlan =>
  orders([single('orders'), flexible('web')], {}, permissions);

type Copied = 'restore-server' | 'geo-restore' | 'create-replica';

/** A person makes a copy of a server; a write through Resource Manager like any other. */
export const copy = (app: App, how: Copied, server: string, more: Record<string, string> = {}): Promise<unknown> =>
  control(app, `break/${how}`, { server, name: `${server}-copy`, ...more });

export const COPY_OF_ORDERS = serverId('single', 'orders-copy');
export const COPY_OF_WEB = serverId('flexible', 'web-copy');

export const GEO_KEY = 'https://kv-geo.vault.azure.net/keys/geo';

/** The backups of `web` go to the paired region, encrypted with a key in a vault there. */
export const backUpElsewhere = ({ cloud: { world } }: App): void => {
  const server = world.mysql.servers.flexible(serverId('flexible', 'web'));
  const place = { subscription: subscriptionId, group: 'data', location: 'koreasouth' };
  const identity = world.managedIdentities.create({ ...place, name: 'geo-identity' });
  const principal = world.entra.managedIdentity(identity.id);
  if (!server?.dataEncryption || !principal) throw new Error('web has no key');
  world.keyVault.createVault({ ...place, name: 'kv-geo', rbac: false, purgeProtection: true, softDeleteRetention: 90 });
  grantKeys(world, 'kv-geo', principal.objectId, ['get', 'list', 'wrapKey', 'unwrapKey']);
  grantKeys(world, 'kv-geo', productObjectId({ cloud: { world } } as App), productKeyPermissions);
  const { kid } = world.keyVault.createKey('kv-geo', 'geo', { keySize: 2048 });
  server.identities[identity.id] = { principalId: principal.objectId, clientId: principal.appId ?? '' };
  Object.assign(server.dataEncryption, { geoBackupKeyURI: kid, geoBackupUserAssignedIdentityId: identity.id });
};

/** A stranger makes a server on the shop's key, with an identity that the stranger's machine holds as well. */
export const addStranger = ({ cloud: { world } }: App): void => {
  const place = { subscription: subscriptionId, group: 'data', location: 'koreacentral' };
  const identity = world.managedIdentities.create({ ...place, name: 'stranger-identity' });
  const keyUri = world.keyVault.key(VAULT, 'cmk')?.versions.at(-1)?.kid ?? '';
  world.mysql.addFlexibleServer({ ...place, name: 'stranger', encryption: { keyUri, identity: identity.id } });
};

/** The stranger writes to that server: Event Grid sends an event of it. */
export const tellOfStranger = ({ cloud: { world } }: App): void => {
  const target = serverId('flexible', 'stranger');
  recordManualAct(world, { target, operationName: 'Microsoft.DBforMySQL/flexibleServers/write', existed: true });
};
