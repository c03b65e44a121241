import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIsoDuration, shift } from '../../../../local/cloud/key-vault/iso-duration.ts';
import { all } from '../sdk.ts';
import { aVault, DAY, refusal, VAULT } from './vault-cloud.ts';

const instant = fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });

describe('an ISO 8601 duration', () => {
  it('of days is that many times 24 hours, in both directions', () => {
    fc.assert(
      fc.property(instant, fc.nat(1000), (from, days) => {
        const moved = shift(from.getTime(), { years: 0, months: 0, days }, 1);
        expect(moved - from.getTime()).toBe(days * DAY);
        expect(shift(moved, { years: 0, months: 0, days }, -1)).toBe(from.getTime());
      }),
    );
  });

  it('of months keeps the time of day and never runs into the month after', () => {
    fc.assert(
      fc.property(instant, fc.nat(60), (from, months) => {
        const moved = new Date(shift(from.getTime(), { years: 0, months, days: 0 }, 1));
        expect(moved.toISOString().slice(10)).toBe(from.toISOString().slice(10));
        const count = (date: Date) => date.getUTCFullYear() * 12 + date.getUTCMonth();
        expect(count(moved) - count(from)).toBe(months);
        expect(moved.getUTCDate()).toBeLessThanOrEqual(from.getUTCDate());
      }),
    );
  });

  it.each(['P30D', 'P18M', 'P2Y', 'P1Y6M15D'])('is %s', (text) => expect(parseIsoDuration(text)).toBeDefined());
  it.each(['', 'P', '30D', 'PT30M', 'P-3D', 'P1W'])('is not %j', (text) =>
    expect(parseIsoDuration(text)).toBeUndefined(),
  );
});

describe('the rotation policy of a key', () => {
  it('is a notification 30 days before expiry until somebody sets one', async () => {
    const { keys } = await aVault();
    await keys.createRsaKey('cmk');
    const { lifetimeActions } = await keys.getKeyRotationPolicy('cmk');
    expect(lifetimeActions).toEqual([expect.objectContaining({ action: 'Notify', timeBeforeExpiry: 'P30D' })]);
  });

  it('is kept as it was set', async () => {
    const { keys, later } = await aVault();
    await keys.createRsaKey('cmk');
    const policy = {
      lifetimeActions: [
        { action: 'Rotate' as const, timeAfterCreate: 'P90D' },
        { action: 'Notify' as const, timeBeforeExpiry: 'P10D' },
      ],
      expiresIn: 'P2Y',
    };
    await keys.updateKeyRotationPolicy('cmk', policy);
    const kept = await keys.getKeyRotationPolicy('cmk');
    expect(kept).toMatchObject({ expiresIn: 'P2Y', createdOn: later(0), updatedOn: later(0) });
    expect(kept.lifetimeActions).toMatchObject(policy.lifetimeActions);
  });

  it.each([
    ['an expiry under 28 days', { expiresIn: 'P27D' }],
    ['a trigger under 7 days', { lifetimeActions: [{ action: 'Notify' as const, timeBeforeExpiry: 'P6D' }] }],
    [
      'a rotation before an expiry that is not set',
      { lifetimeActions: [{ action: 'Rotate' as const, timeBeforeExpiry: 'P30D' }] },
    ],
    ['what is no duration', { expiresIn: 'two years' }],
  ])('refuses %s', async (_, policy) => {
    const { keys } = await aVault();
    await keys.createRsaKey('cmk');
    await expect(keys.updateKeyRotationPolicy('cmk', policy)).rejects.toMatchObject(refusal(400, 'BadParameter'));
  });

  it('makes a new version in time, with an expiry of its own', async () => {
    const { keys, advance, later } = await aVault();
    await keys.createRsaKey('cmk');
    await keys.updateKeyRotationPolicy('cmk', {
      lifetimeActions: [{ action: 'Rotate', timeBeforeExpiry: 'P30D' }],
      expiresIn: 'P90D',
    });
    const { properties } = await keys.rotateKey('cmk');
    expect(properties.expiresOn).toEqual(later(90 * DAY));
    await advance(59 * DAY);
    expect(await all(keys.listPropertiesOfKeyVersions('cmk'))).toHaveLength(2);
    await advance(DAY);
    expect(await all(keys.listPropertiesOfKeyVersions('cmk'))).toHaveLength(3);
    expect((await keys.getKey('cmk')).properties.expiresOn).toEqual(later(90 * DAY));
  });
});

describe('what a key tells of its expiry', () => {
  const told = async () => {
    const cloud = await aVault();
    const changes: [kind: string, version: unknown, at: number][] = [];
    cloud.world.onChange(({ kind, data, at }) => {
      if (kind === 'keyNearExpiry' || kind === 'keyExpired') changes.push([kind, data?.['version'], at]);
    });
    return { ...cloud, changes };
  };

  it('is that it is near 30 days before, then that it is over, once each', async () => {
    const { keys, advance, later, changes } = await told();
    const { properties } = await keys.createRsaKey('cmk', { expiresOn: later(100 * DAY) });
    const [near, over] = [later(70 * DAY).getTime(), later(100 * DAY).getTime()];
    await advance(40 * DAY);
    await keys.updateKeyProperties('cmk', { tags: { seen: 'yes' } });
    await advance(100 * DAY);
    expect(changes).toEqual([
      ['keyNearExpiry', properties.version, near],
      ['keyExpired', properties.version, over],
    ]);
  });

  it('is told again for a new expiry, and not for an old version', async () => {
    const { keys, advance, later, changes } = await told();
    const first = await keys.createRsaKey('cmk', { expiresOn: later(10 * DAY) });
    await advance(DAY);
    await keys.updateKeyProperties('cmk', { expiresOn: later(90 * DAY) });
    await advance(61 * DAY);
    expect(changes.map(([kind]) => kind)).toEqual(['keyNearExpiry', 'keyNearExpiry']);
    await keys.rotateKey('cmk');
    await advance(100 * DAY);
    expect(changes.map(([, version]) => version)).toEqual([first.properties.version, first.properties.version]);
  });

  it('is nothing any more once the vault is deleted, and no rotation is tried there', async () => {
    const { world, advance, later, changes } = await told();
    world.keyVault.createKey(VAULT, 'cmk', { exp: later(90 * DAY).getTime() / 1000 });
    const rotate = { trigger: { timeAfterCreate: 'P30D' }, action: { type: 'Rotate' as const } };
    world.keyVault.setRotationPolicy(VAULT, 'cmk', { lifetimeActions: [rotate] });
    world.keyVault.deleteVault(VAULT);
    await advance(100 * DAY);
    expect(changes).toEqual([]);
  });

  it('goes on for a disabled key and stops for a deleted one', async () => {
    const { keys, world, advance, later, changes } = await told();
    await keys.createRsaKey('off', { enabled: false, expiresOn: later(DAY) });
    await keys.createRsaKey('gone', { expiresOn: later(DAY) });
    await advance(1);
    world.keyVault.deleteKey(VAULT, 'gone');
    await advance(2 * DAY);
    expect(changes.map(([kind]) => kind)).toEqual(['keyNearExpiry', 'keyNearExpiry', 'keyExpired']);
  });
});
