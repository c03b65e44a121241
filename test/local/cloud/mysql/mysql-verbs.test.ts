import { describe, expect, it } from 'vitest';
import type { FullWorld } from '../../../../local/cloud/create-world.ts';
import { mysqlService } from '../../../../local/cloud/mysql/mysql-service.ts';
import { availabilityOf, MINUTE, mysqlWorld, ORDERS, setPinned, WEB } from './mysql-world.ts';

const say = (world: FullWorld, verb: string, input: Record<string, unknown> = {}) => {
  const { breaks, repairs = [] } = mysqlService(world, world.mysql);
  return [...breaks, ...repairs].find(({ name }) => name === verb)?.run(input);
};

describe('the verbs of the MySQL service', () => {
  it('stop a server and start it again, which is no incident', async () => {
    const world = await mysqlWorld();
    await say(world, 'stop-server', { server: 'orders' });
    expect(availabilityOf(world, ORDERS)).toMatchObject({ condition: 'stopped', accepting: false });
    expect(availabilityOf(world, ORDERS).loss).toBeUndefined();
    await say(world, 'start-server', { server: ORDERS.toUpperCase() });
    expect(availabilityOf(world, ORDERS)).toMatchObject({ condition: 'ready', accepting: true });
  });

  it('delete the identity with which a server uses its key', async () => {
    const world = await mysqlWorld({ inaccessibleAfterSeconds: 60 });
    await say(world, 'remove-identity', { server: 'web' });
    await world.clock.advance(3 * MINUTE);
    expect(availabilityOf(world, WEB).loss?.reason.code).toBe('AzureKeyVaultNoServerIdentity');
    expect(availabilityOf(world, WEB).accepting).toBe(false);
  });

  it('delete a user-assigned identity as the resource that it is', async () => {
    const world = await mysqlWorld();
    const id = world.mysql.servers.flexible(WEB)?.dataEncryption?.primaryUserAssignedIdentityId ?? '';
    expect(world.managedIdentities.get(id)).toBeDefined();
    await say(world, 'remove-identity', { server: 'web' });
    expect(world.managedIdentities.get(id)).toBeUndefined();
    expect(world.activity.writes()).toMatchObject([{ kind: 'Delete', target: id }]);
  });

  it('copy a server, which then waits for its access', async () => {
    const world = await mysqlWorld();
    await say(world, 'restore-server', { server: 'orders', name: 'orders-copy' });
    await say(world, 'create-replica', { server: 'web', name: 'web-copy', group: 'elsewhere', location: 'koreasouth' });
    const copies = world.mysql.servers.copies();
    expect(
      copies.map(({ name, group, location, availability }) => [name, group, location, availability.condition]),
    ).toEqual([
      ['orders-copy', 'data', 'koreacentral', 'inaccessible'],
      ['web-copy', 'elsewhere', 'koreasouth', 'inaccessible'],
    ]);
    expect(() => say(world, 'geo-restore', { server: 'orders', name: 'web' })).toThrow(/taken by/);
  });

  it('migrate a single server by force, which loses its key and its identity', async () => {
    const world = await mysqlWorld();
    await say(world, 'migrate-server', { server: 'orders' });
    expect(world.mysql.servers.single(ORDERS)).toBeUndefined();
    const migrated = world.mysql.servers.flexible(ORDERS.replace('/servers/', '/flexibleServers/'));
    expect(migrated).toMatchObject({ name: 'orders', identities: {} });
    expect(migrated?.dataEncryption).toBeUndefined();
    expect(world.activity.writes().map(({ operationName }) => operationName)).toEqual([
      'Microsoft.DBforMySQL/servers/delete',
      'Microsoft.DBforMySQL/flexibleServers/write',
    ]);
    expect(() => say(world, 'migrate-server', { server: 'web' })).toThrow(/flexible server already/);
  });

  it('keep a server busy for a while', async () => {
    const world = await mysqlWorld();
    await say(world, 'set-maintenance', { server: 'web', seconds: 120 });
    expect(world.operations.running(WEB)).toBeDefined();
    await world.clock.advance(2 * MINUTE);
    expect(world.operations.running(WEB)).toBeUndefined();
  });

  it('have every server use its key at once', async () => {
    const world = await mysqlWorld();
    setPinned(world, { enabled: false });
    expect(availabilityOf(world, ORDERS).loss).toBeUndefined();
    await say(world, 'check-now');
    expect(availabilityOf(world, ORDERS).loss?.at).toBe(world.clock.now());
  });

  it('say which servers there are when they are given another one', async () => {
    const world = await mysqlWorld();
    expect(() => say(world, 'stop-server', { server: 'nobody' })).toThrow(ORDERS);
  });
});

it('the snapshot shows what each server answers its clients, and with which key', async () => {
  const world = await mysqlWorld();
  expect(mysqlService(world, world.mysql).snapshot()).toEqual([
    expect.objectContaining({ id: ORDERS, condition: 'ready', accepting: true, since: world.clock.now(), history: [] }),
    expect.objectContaining({ id: WEB, kid: world.keyVault.key('vault', 'cmk')?.versions[0]?.kid }),
  ]);
});
