import { describe, expect, it } from 'vitest';
import { aClock, readKey } from '../core/read-key.ts';
import { aCloud, subscriptionId } from '../sdk.ts';

const elsewhere = `/subscriptions/${subscriptionId}/resourceGroups/other/providers/Microsoft.Web/sites/other`;

describe('the managed-identity endpoint', () => {
  it('gives an unmodified program the tokens of the resource it runs as', async () => {
    const clock = aClock();
    const cloud = await aCloud({ clock, world: 'mysql-single' });
    const { version } = await readKey(clock, cloud.environment, ['kv-orders', 'cmk']);
    expect(version).toBe(cloud.world.keyVault.key('kv-orders', 'cmk')?.versions[0]?.version);
    expect(cloud.requests.list().map(({ status, caller }) => [status, caller])).toEqual([
      [401, undefined],
      [200, undefined],
      [200, 'cmk-guardian'],
    ]);
  });

  it('gives another resource another identity, which has rights of its own', async () => {
    const clock = aClock();
    const cloud = await aCloud({ clock, world: 'mysql-single' });
    cloud.world.entra.createSystemIdentity(elsewhere);
    const { error } = await readKey(clock, cloud.identityFor(elsewhere), ['kv-orders', 'cmk']);
    expect(error).toMatchObject({
      statusCode: 403,
      message: expect.stringContaining('does not have keys get permission'),
    });
    expect(cloud.requests.list({ caller: 'other' })).toHaveLength(1);
  });

  it('gives no token to a resource without identity, nor for a wrong header', async () => {
    const clock = aClock();
    const cloud = await aCloud({ clock, world: 'mysql-single' });
    for (const environment of [cloud.identityFor(elsewhere), { ...cloud.environment, IDENTITY_HEADER: 'guessed' }]) {
      const { error } = await readKey(clock, environment, ['kv-orders', 'cmk']);
      expect(error?.message).toMatch(/ManagedIdentityCredential/);
    }
    expect(cloud.requests.list().flatMap(({ route, status }) => (route === 'GET /msi/token' ? [status] : []))).toEqual(
      expect.arrayContaining([400, 401]),
    );
  });

  it('gives a user-assigned identity to the resources that have it, by its client id', async () => {
    const clock = aClock();
    const cloud = await aCloud({ clock, world: 'mysql-flexible' });
    const { entra, managedIdentities } = cloud.world;
    const identity = managedIdentities.all()[0];
    const principal = entra.managedIdentity(identity?.id ?? '');
    const read = () => readKey(clock, cloud.identityFor(elsewhere), ['kv-orders', 'cmk', principal?.appId ?? '']);
    expect((await read()).error).toBeDefined();
    entra.attachIdentity(elsewhere, identity?.id ?? '');
    expect((await read()).version).toBeDefined();
    expect(cloud.requests.list({ caller: 'orders-identity' })).toMatchObject([{ status: 200 }]);
  });
});
