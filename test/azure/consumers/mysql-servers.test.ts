import { describe, expect, it } from 'vitest';
import type { Cloud } from '../../../local/cloud/cloud.ts';
import { serverId, type WorldPlan } from '../../../local/cloud/worlds/build-world.ts';
import { followThrough } from '../follow-through.ts';
import { FLEXIBLE, KEY, ORDERS, SINGLE, stateOf, vaultOf } from '../orders.ts';
import { type Stage, SUBSCRIPTION, sim, stage } from '../product.ts';

const PAIRED: WorldPlan = {
  ...ORDERS,
  vaults: [
    ...(ORDERS.vaults ?? []),
    { name: 'kv-paired', permissions: 'roles', location: 'koreasouth', keys: [{ name: 'geo' }] },
  ],
};
/** A key of a Managed HSM, which is none of a vault. */
const NO_KEY = 'https://contoso.hsm.example/keys/cmk/0123456789abcdef0123456789abcdef';
const GEO_KEY = { host: 'kv-paired.vault.azure.net', name: 'geo' };
const GEO_IDENTITY = `${SUBSCRIPTION}/resourceGroups/data/providers/Microsoft.ManagedIdentity/userAssignedIdentities/Web-Geo`;

const flexible = ({ world }: Cloud) => {
  const server = world.mysql.servers.flexible(FLEXIBLE);
  if (!server?.dataEncryption) throw new Error('there is no such server');
  return { server, encryption: server.dataEncryption };
};

/** The flexible server also encrypts its backups in the paired region, with a key and an identity of their own. */
const withGeoBackup = async (): Promise<Stage> => {
  const set = await stage(PAIRED);
  const { server, encryption } = flexible(set.cloud);
  server.identities[GEO_IDENTITY] = { principalId: 'GEO', clientId: 'geo-client' };
  encryption.geoBackupKeyURI = set.cloud.world.keyVault.key('kv-paired', 'geo')?.versions[0]?.kid ?? '';
  encryption.geoBackupUserAssignedIdentityId = GEO_IDENTITY;
  return set;
};

describe('a flexible server', () => {
  it('names the identity that it uses its key with', async () => {
    const { call, cloud } = await stage(ORDERS);
    const [id, { principalId }] = Object.entries(flexible(cloud).server.identities)[0] ?? ['', { principalId: '' }];
    expect(await call('readConsumer', FLEXIBLE)).toMatchObject({
      value: [
        {
          identity: { kind: 'user', id: id.toLowerCase() },
          principalId: { kind: 'present', value: principalId.toLowerCase() },
        },
      ],
    });
  });

  it('whose backups have a key of their own is a consumer of both keys', async () => {
    const { call, requests } = await withGeoBackup();
    const read = await call('readConsumer', FLEXIBLE);
    expect(read).toMatchObject({
      value: [
        { id: FLEXIBLE, pinned: { key: KEY } },
        {
          id: FLEXIBLE,
          use: 'geoBackup',
          pinned: { key: GEO_KEY },
          identity: { kind: 'user', id: GEO_IDENTITY.toLowerCase() },
          principalId: { value: 'geo' },
        },
      ],
    });
    expect(read.kind === 'present' && read.value[0].use).toBeFalsy();
    expect(requests()).toHaveLength(1);
    const { keys } = await call('listConsumers');
    const users = Object.fromEntries(keys.map(({ key, consumers }) => [key.name, consumers.map(({ use }) => use)]));
    expect(users).toEqual({ cmk: [undefined, undefined], geo: ['geoBackup'] });
    const { consumers } = await call('observeKey', GEO_KEY, { consumerIds: [FLEXIBLE, FLEXIBLE.toUpperCase()] });
    expect(consumers).toMatchObject({ value: [{ use: 'geoBackup' }] });
  });

  it('stays a consumer of its key, whatever encrypts its backups', async () => {
    const { call, cloud } = await withGeoBackup();
    const { encryption } = flexible(cloud);
    const { primaryKeyURI, geoBackupKeyURI } = encryption;
    encryption.geoBackupKeyURI = NO_KEY;
    expect(await call('readConsumer', FLEXIBLE)).toMatchObject({ value: [{ id: FLEXIBLE, pinned: { key: KEY } }] });
    const unread = async () => (await call('listConsumers')).unreadable.map(({ namesNoKey }) => namesNoKey);
    Object.assign(encryption, { primaryKeyURI: NO_KEY, geoBackupKeyURI });
    expect(await unread()).toEqual([undefined]);
    Object.assign(encryption, { primaryKeyURI: NO_KEY, geoBackupKeyURI: NO_KEY });
    expect(await unread()).toEqual([true]);
    encryption.primaryKeyURI = primaryKeyURI;
  });

  it('is revalidated and pointed elsewhere with its whole encryption, never by halves', async () => {
    const set = await withGeoBackup();
    const { call, cloud } = set;
    const { encryption, server } = flexible(cloud);
    const identity = cloud.world.managedIdentities.create({
      subscription: SUBSCRIPTION.split('/')[2] ?? '',
      group: 'data',
      name: 'Web-Geo',
    });
    const objectId = cloud.world.entra.managedIdentity(identity.id)?.objectId ?? '';
    server.identities[GEO_IDENTITY] = { principalId: objectId, clientId: 'geo-client' };
    const scope = cloud.world.keyVault.vault('kv-paired')?.id;
    const role = 'Key Vault Crypto Service Encryption User';
    await sim(cloud, 'repair/add-role-assignment', { scope, role, principalId: objectId });
    const before = structuredClone(encryption);
    server.availability.condition = 'inaccessible';
    const target = FLEXIBLE.toLowerCase();
    const kid = encryption.primaryKeyURI;
    const parameters = { ...vaultOf(kid), consumerKind: 'mysqlFlexibleServer', kid } as const;
    await followThrough(set, await call('repair', { kind: 'revalidateConsumer', target, parameters }));
    expect(stateOf(cloud, FLEXIBLE)).toBe('ready');
    expect(flexible(cloud).encryption).toEqual(before);
    const newKid = cloud.world.keyVault.rotateKey('kv-paired', 'geo').kid;
    const leaving = before.geoBackupKeyURI ?? '';
    const moving = { ...parameters, ...vaultOf(leaving), kid: leaving, newKid };
    await followThrough(set, await call('repair', { kind: 'repointConsumer', target, parameters: moving }));
    expect(flexible(cloud).encryption).toEqual({ ...before, geoBackupKeyURI: newKid });
  });

  it('that is a copy says of what', async () => {
    const { call, cloud } = await stage(ORDERS);
    flexible(cloud).server.copiedFrom = { id: serverId('flexible', 'Source'), mode: 'PointInTimeRestore' };
    expect(await call('readConsumer', FLEXIBLE)).toMatchObject({
      value: [{ copyOf: serverId('flexible', 'source').toLowerCase() }],
    });
  });
});

describe('a single server', () => {
  it('has an identity of its own, of the tenant that Azure states', async () => {
    const { call, cloud } = await stage(ORDERS);
    const read = await call('readConsumer', SINGLE);
    expect(read).toMatchObject({
      value: [{ identity: { kind: 'system' }, tenantId: cloud.world.entra.tenantId }],
    });
    expect(read.kind === 'present' && 'copyOf' in read.value[0]).toBe(false);
  });

  it('that is a replica says of what, and without an identity has no principal', async () => {
    const { call, cloud } = await stage(ORDERS);
    const server = cloud.world.mysql.servers.single(SINGLE);
    if (!server) throw new Error('there is no such server');
    server.copiedFrom = { id: serverId('single', 'Source'), mode: 'Replica' };
    delete server.identity;
    expect(await call('readConsumer', SINGLE)).toMatchObject({
      value: [
        {
          copyOf: serverId('single', 'source').toLowerCase(),
          principalId: { kind: 'absent' },
          identity: { kind: 'system' },
        },
      ],
    });
  });
});
