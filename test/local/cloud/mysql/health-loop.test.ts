import { describe, expect, it } from 'vitest';
import { startServing, stopServing } from '../../../../local/cloud/mysql/availability.ts';
import { availabilityOf, DAY, expireIn, MINUTE, mysqlWorld, ORDERS, setPinned, WEB } from './mysql-world.ts';

const kinds = (availability: { history: { kind: string }[] }) => availability.history.map(({ kind }) => kind);

describe('a server and its key', () => {
  it('both generations serve as long as they can use their key', async () => {
    const world = await mysqlWorld();
    await world.clock.advance(2 * 60 * MINUTE);
    expect(availabilityOf(world, ORDERS)).toMatchObject({ accepting: true, history: [] });
    expect(availabilityOf(world, WEB)).toMatchObject({ accepting: true, history: [] });
  });

  it('a single server refuses connections within ten minutes after its pinned version expired', async () => {
    const world = await mysqlWorld();
    const expiry = world.clock.now() + DAY;
    expireIn(world, DAY);
    await world.clock.advance(DAY + 10 * MINUTE);
    const availability = availabilityOf(world, ORDERS);
    expect(availability).toMatchObject({ condition: 'inaccessible', accepting: false });
    expect(availability.since).toBeGreaterThan(expiry);
    expect(availability.since - expiry).toBeLessThanOrEqual(10 * MINUTE);
    expect(availability.loss?.reason.code).toBe('AzureKeyVaultInvalidExpirationDate');
  });

  it('does so within ten minutes however often the servers look', async () => {
    for (const keyCheckSeconds of [10, 300, 550]) {
      const world = await mysqlWorld({ keyCheckSeconds });
      setPinned(world, { enabled: false });
      await world.clock.advance(10 * MINUTE);
      expect([ORDERS, WEB].map((id) => availabilityOf(world, id).accepting)).toEqual([false, false]);
    }
  });

  it('an expired key does not touch a flexible server, which only unwraps', async () => {
    const world = await mysqlWorld();
    expireIn(world, DAY);
    await world.clock.advance(2 * DAY);
    expect(availabilityOf(world, WEB)).toMatchObject({ accepting: true, history: [] });
  });

  it('a newer version does not help a server that pins an expired one', async () => {
    const world = await mysqlWorld({ inaccessibleAfterSeconds: 60 });
    expireIn(world, MINUTE);
    world.keyVault.rotateKey('vault', 'cmk');
    await world.clock.advance(5 * MINUTE);
    expect(availabilityOf(world, ORDERS).accepting).toBe(false);
  });

  it('a disabled key stops both generations', async () => {
    const world = await mysqlWorld();
    setPinned(world, { enabled: false });
    await world.clock.advance(10 * MINUTE);
    for (const id of [ORDERS, WEB]) {
      expect(availabilityOf(world, id).loss?.reason.code).toBe('AzureKeyVaultKeyDisabledMessage');
      expect(availabilityOf(world, id).accepting).toBe(false);
    }
  });

  it('a deleted identity stops the server that used it', async () => {
    const world = await mysqlWorld();
    world.entra.deleteIdentity(ORDERS);
    await world.clock.advance(10 * MINUTE);
    expect(availabilityOf(world, ORDERS).loss?.reason.code).toBe('AzureKeyVaultNoServerIdentity');
    expect(availabilityOf(world, WEB).accepting).toBe(true);
  });

  it('refuses at the same moment in every run, not at the same for every server', async () => {
    const moments = async () => {
      const world = await mysqlWorld();
      setPinned(world, { enabled: false });
      await world.clock.advance(10 * MINUTE);
      return [ORDERS, WEB].map((id) => availabilityOf(world, id).since);
    };
    const [first, second] = [await moments(), await moments()];
    expect(first).toEqual(second);
    expect(new Set(first).size).toBe(2);
  });

  it('never refuses anybody when the key is repaired in time', async () => {
    const world = await mysqlWorld({ inaccessibleAfterSeconds: 300 });
    setPinned(world, { enabled: false });
    await world.clock.advance(3 * MINUTE);
    setPinned(world, { enabled: true });
    await world.clock.advance(30 * MINUTE);
    expect(kinds(availabilityOf(world, ORDERS))).toEqual(['keyLost', 'keyRegained']);
    expect(availabilityOf(world, ORDERS).accepting).toBe(true);
  });

  it('looks once more right before it refuses', async () => {
    const world = await mysqlWorld({ inaccessibleAfterSeconds: 90, keyCheckSeconds: 60 });
    setPinned(world, { enabled: false });
    await world.clock.advance(2 * MINUTE);
    setPinned(world, { enabled: true });
    await world.clock.advance(30_000);
    expect(kinds(availabilityOf(world, ORDERS))).toEqual(['keyLost', 'keyRegained']);
  });

  it('does not come back by itself when the key is repaired too late', async () => {
    const world = await mysqlWorld({ inaccessibleAfterSeconds: 60 });
    setPinned(world, { enabled: false });
    await world.clock.advance(3 * MINUTE);
    setPinned(world, { enabled: true });
    await world.clock.advance(DAY);
    expect(kinds(availabilityOf(world, ORDERS))).toEqual(['keyLost', 'refused']);
    expect(availabilityOf(world, ORDERS)).toMatchObject({ condition: 'inaccessible', accepting: false });
  });

  it('leaves a stopped server alone and finds out when it starts', async () => {
    const world = await mysqlWorld({ inaccessibleAfterSeconds: 60 });
    stopServing(availabilityOf(world, ORDERS), world.clock.now());
    setPinned(world, { enabled: false });
    await world.clock.advance(DAY);
    expect(kinds(availabilityOf(world, ORDERS))).toEqual(['stopped']);
    startServing(availabilityOf(world, ORDERS), world.clock.now());
    await world.clock.advance(3 * MINUTE);
    expect(kinds(availabilityOf(world, ORDERS))).toEqual(['stopped', 'started', 'keyLost', 'refused']);
  });
});
