import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { createClock } from '../../../../local/clock/authority.ts';
import { startCloud } from '../../../../local/cloud/cloud.ts';
import { buildWorld } from '../../../../local/cloud/worlds/build-world.ts';
import { productId, subscriptionId } from '../../../../local/cloud/worlds/product.ts';
import { availabilityOf, MINUTE, ORDERS, PLAN, setPinned, WEB } from './mysql-world.ts';

const fixture = fileURLToPath(new URL('./fixtures/revalidate.ts', import.meta.url));

it('both generations are revalidated by the SDKs as they are, in minutes of the clock', async () => {
  const clock = createClock();
  const cloud = await startCloud({ clock, switches: { inaccessibleAfterSeconds: 60 }, log: () => undefined });
  try {
    buildWorld(cloud.world, PLAN);
    // The SDK also reads the address in Location. The product reads the other address alone, and its role has no right to this
    // one.
    const { entra, rbac } = cloud.world;
    const principalId = entra.managedIdentity(productId)?.objectId ?? '';
    rbac.assign({ scope: `/subscriptions/${subscriptionId}`, role: 'Reader', principalId });
    setPinned(cloud.world, { enabled: false });
    await clock.advance(5 * MINUTE);
    setPinned(cloud.world, { enabled: true });
    const begin = clock.now();
    const key = cloud.world.mysql.servers.single(ORDERS)?.key ?? { name: '', uri: '' };
    const child = clock.fork(fixture, [subscriptionId, key.name, key.uri, WEB], {
      env: { ...process.env, ...cloud.environment },
    });
    const said: { key?: string; state?: string; revalidatedAt: number }[] = [];
    child.on('message', (message: { revalidatedAt?: number }) => {
      if (message.revalidatedAt !== undefined) said.push({ ...message, revalidatedAt: message.revalidatedAt });
    });
    expect(await clock.advance(30 * MINUTE, () => said.length > 0)).toBe(true);
    expect(said).toEqual([{ key: key.uri, state: 'Ready', revalidatedAt: expect.any(Number) }]);
    const took = (said[0]?.revalidatedAt ?? 0) - begin;
    expect([took >= MINUTE, took < 2 * MINUTE]).toEqual([true, true]);
    for (const id of [ORDERS, WEB])
      expect(availabilityOf(cloud.world, id).history.map(({ kind }) => kind)).toEqual(['keyLost', 'refused', 'ready']);
  } finally {
    await clock.close();
    await cloud.close();
  }
});
