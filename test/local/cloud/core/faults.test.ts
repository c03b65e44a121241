import { KeyVaultManagementClient } from '@azure/arm-keyvault';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cloud } from '../../../../local/cloud/cloud.ts';
import { createFaults, type Fault } from '../../../../local/cloud/faults.ts';
import { aCloud, credentialOf, named, subscriptionId, throughProxy } from '../sdk.ts';
import { aClock, readKey, start } from './read-key.ts';

const theKey = 'GET https://kv-orders.vault.azure.net/keys/*';
const seconds = (ms: number) => (ms - start) / 1000;

const aFaultyCloud = async (fault: Omit<Fault, 'rate'>) => {
  const clock = aClock();
  const cloud = await aCloud({ clock, world: 'mysql-single', faults: [{ ...fault, rate: 1, caller: 'cmk-guardian' }] });
  return { clock, cloud };
};

describe('a fault', () => {
  it('429 with Retry-After is waited for in virtual time by the SDK', async () => {
    const { clock, cloud } = await aFaultyCloud({ route: theKey, kind: '429', retryAfter: 30, times: 2 });
    const { version, at } = await readKey(clock, cloud.environment, ['kv-orders', 'cmk']);
    expect(version).toBeDefined();
    expect(seconds(at)).toBe(60);
  });

  it('429 without Retry-After ends the SDK call at once', async () => {
    const { clock, cloud } = await aFaultyCloud({ route: theKey, kind: '429' });
    const { error, at } = await readKey(clock, cloud.environment, ['kv-orders', 'cmk']);
    expect(error).toMatchObject({ statusCode: 429 });
    expect(seconds(at)).toBe(0);
  });

  it('403 is how Key Vault refuses somebody who has no role, whoever he is', async () => {
    const { clock, cloud } = await aFaultyCloud({ route: theKey, kind: '403' });
    const { error, at } = await readKey(clock, cloud.environment, ['kv-orders', 'cmk']);
    expect(error).toMatchObject({ statusCode: 403, code: 'Forbidden' });
    expect(seconds(at)).toBe(0);
  });

  it('reset is a broken connection, which the SDK tries again', async () => {
    const { clock, cloud } = await aFaultyCloud({ route: theKey, kind: 'reset', times: 1 });
    const { version } = await readKey(clock, cloud.environment, ['kv-orders', 'cmk']);
    expect(version).toBeDefined();
    expect(cloud.requests.list({ caller: 'cmk-guardian' })).toMatchObject([
      { status: 0, fault: 'reset' },
      { status: 200 },
    ]);
  });

  it('timeout leaves a request without answer while time passes', async () => {
    const { clock, cloud } = await aFaultyCloud({ route: theKey, kind: 'timeout' });
    await expect(readKey(clock, cloud.environment, ['kv-orders', 'cmk'])).rejects.toThrow('within a virtual hour');
    expect(cloud.requests.list({ caller: 'cmk-guardian' })).toMatchObject([{ status: 0, fault: 'timeout' }]);
    expect(seconds(clock.now())).toBe(3600);
  });

  it('reset-after does the work and loses the answer', async () => {
    const cloud = await aCloud({ world: 'mysql-single', faults: [{ route: 'PATCH *', kind: 'reset-after', rate: 1 }] });
    const client = clientOf(cloud);
    await expect(client.vaults.update('data', 'kv-orders', { tags: { written: 'yes' } })).rejects.toThrow();
    expect((await client.vaults.get('data', 'kv-orders')).tags).toEqual({ written: 'yes' });
    expect(cloud.requests.list({ mutating: true })).toMatchObject([
      { method: 'PATCH', status: 0, fault: 'reset-after' },
    ]);
  });

  it.each(['500', '503'] as const)('%s is answered as Azure words it', async (kind) => {
    const cloud = await aCloud({ world: 'mysql-single', faults: [{ route: '*', kind, rate: 1 }] });
    await expect(clientOf(cloud).vaults.get('data', 'kv-orders')).rejects.toMatchObject({ statusCode: Number(kind) });
  });

  it('strikes by seed, route and count alone: the same faults whatever else goes on', () => {
    fc.assert(
      fc.property(fc.integer(), fc.array(fc.boolean(), { maxLength: 40 }), (seed, others) => {
        const strikes = (between: boolean[]) => {
          const faults = createFaults([{ route: '*', kind: '503', rate: 0.3 }]);
          return Array.from({ length: 30 }, (_, i) => {
            if (between[i]) faults.strike(seed, { name: 'other', line: 'GET /other' });
            return faults.strike(seed, { name: 'this', line: 'GET /this' })?.kind;
          });
        };
        expect(strikes(others)).toEqual(strikes([]));
      }),
    );
  });

  it('strikes about as often as its rate says', () => {
    const faults = createFaults([{ route: '*', kind: '503', rate: 0.1 }]);
    const struck = Array.from({ length: 5000 }, () => faults.strike(7, { name: 'r', line: 'GET /r' })).filter(Boolean);
    expect(struck.length).toBeGreaterThan(400);
    expect(struck.length).toBeLessThan(600);
  });
});

const clientOf = (cloud: Cloud) =>
  new KeyVaultManagementClient(credentialOf(cloud, named(cloud, 'owner')), subscriptionId, throughProxy(cloud));
