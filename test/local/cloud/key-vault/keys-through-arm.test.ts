import { describe, expect, it } from 'vitest';
import { named } from '../sdk.ts';
import { aVault, DAY, GROUP, refusal, SECOND, VAULT } from './vault-cloud.ts';

const YEAR = 365 * DAY;

/** An empty vault, and its owner at the control plane. */
const controlPlane = async () => {
  const of = await aVault();
  const { keys } = of.armAs(named(of.cloud, 'owner'));
  const make = (properties: Parameters<typeof keys.createIfNotExist>[3]['properties'], name = 'cmk') =>
    keys.createIfNotExist(GROUP, VAULT, name, { properties, tags: { owner: 'data' } });
  return { ...of, control: keys, make };
};

describe('A key that is made through Resource Manager', () => {
  it('is as it was asked for, on both planes', async () => {
    const { keys, make, world } = await controlPlane();
    const expires = (world.clock.now() + YEAR) / SECOND;
    const made = await make({
      kty: 'RSA',
      keySize: 3072,
      keyOps: ['wrapKey', 'unwrapKey'],
      attributes: { expires },
      rotationPolicy: {
        attributes: { expiryTime: 'P1Y' },
        lifetimeActions: [{ action: { type: 'rotate' }, trigger: { timeBeforeExpiry: 'P30D' } }],
      },
    });
    expect(made).toMatchObject({
      name: 'cmk',
      tags: { owner: 'data' },
      keySize: 3072,
      keyOps: ['wrapKey', 'unwrapKey'],
      attributes: { expires },
      rotationPolicy: { lifetimeActions: [{ action: { type: 'rotate' } }] },
    });
    const { key, properties } = await keys.getKey('cmk');
    expect([key?.keyOps, properties.expiresOn]).toEqual([['wrapKey', 'unwrapKey'], new Date(expires * SECOND)]);
  });

  it('that is there is answered as it is', async () => {
    const { control, make } = await controlPlane();
    const first = await make({ kty: 'RSA', keySize: 2048 });
    expect(await make({ kty: 'RSA', keySize: 4096, attributes: { enabled: false } })).toEqual(first);
    const versions: unknown[] = [];
    for await (const version of control.listVersions(GROUP, VAULT, 'cmk')) versions.push(version);
    expect(versions).toHaveLength(1);
  });

  it('takes no name that a deleted key holds', async () => {
    const { keys, make, advance } = await controlPlane();
    await make({ kty: 'RSA' });
    await keys.beginDeleteKey('cmk');
    await advance(60_000);
    await expect(make({ kty: 'RSA' })).rejects.toMatchObject(refusal(409, 'Conflict'));
  });

  it('is not made with what keys do not have', async () => {
    const { make } = await controlPlane();
    const wrong = [
      { kty: 'RSA', keySize: 1024 },
      { kty: 'RSA', keyOps: ['heal'] },
      { kty: 'RSA', attributes: { exportable: true } },
    ];
    for (const properties of wrong) await expect(make(properties)).rejects.toMatchObject({ statusCode: 400 });
  });

  it('is made by who has the action of the control plane, whatever the access policies', async () => {
    const { armAs, cloud } = await controlPlane();
    const stranger = cloud.world.entra.createServicePrincipal({ name: 'stranger' });
    const { keys } = armAs(stranger);
    await expect(keys.createIfNotExist(GROUP, VAULT, 'cmk', { properties: { kty: 'RSA' } })).rejects.toMatchObject(
      refusal(403, 'AuthorizationFailed'),
    );
  });
});
