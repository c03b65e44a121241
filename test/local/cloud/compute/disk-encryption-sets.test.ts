import { describe, expect, it } from 'vitest';
import { all, subscriptionId } from '../sdk.ts';
import { aComputeCloud, HOUR, MINUTE, place } from './compute-cloud.ts';

const patch = async (
  { compute, finished }: Awaited<ReturnType<typeof aComputeCloud>>,
  body: Parameters<typeof compute.diskEncryptionSets.update>[2],
) => {
  const poller = compute.diskEncryptionSets.update('data', 'des', body);
  await poller.submitted();
  return finished(poller);
};

describe('a disk encryption set, by @azure/arm-compute', () => {
  it('reads as documented, with its key and its own identity', async () => {
    const { compute, set, kid } = await aComputeCloud();
    expect(await compute.diskEncryptionSets.get('DATA', 'des')).toMatchObject({
      id: set.id,
      identity: { type: 'SystemAssigned', principalId: set.identity.system?.principalId },
      encryptionType: 'EncryptionAtRestWithCustomerKey',
      activeKey: { keyUrl: kid, sourceVault: { id: expect.stringContaining('vaults/kv-disks') } },
      rotationToLatestKeyVersionEnabled: false,
      provisioningState: 'Succeeded',
    });
  });

  it('names what is encrypted with it', async () => {
    const { compute, data, first } = await aComputeCloud();
    const ids = await all(compute.diskEncryptionSets.listAssociatedResources('data', 'des'));
    expect(ids.sort()).toEqual([data.id, first.osDisk].sort());
  });

  it('shows that it is being updated', async () => {
    const { compute, advance } = await aComputeCloud();
    await compute.diskEncryptionSets.update('data', 'des', { tags: {} }).submitted();
    expect((await compute.diskEncryptionSets.get('data', 'des')).provisioningState).toBe('Updating');
    await advance(MINUTE);
    expect((await compute.diskEncryptionSets.get('data', 'des')).provisioningState).toBe('Succeeded');
  });

  it('is listed by subscription and by resource group', async () => {
    const { compute } = await aComputeCloud();
    expect((await all(compute.diskEncryptionSets.list())).map(({ name }) => name)).toEqual(['des']);
    expect((await all(compute.diskEncryptionSets.listByResourceGroup('guardian'))).length).toBe(0);
  });

  it('takes another version, keeps the one before until everything is wrapped anew', async () => {
    const cloud = await aComputeCloud();
    const { kid } = cloud.world.keyVault.rotateKey('kv-disks', 'cmk');
    const changed = await patch(cloud, { activeKey: { keyUrl: kid } });
    expect(changed).toMatchObject({ activeKey: { keyUrl: kid }, previousKeys: [{ keyUrl: cloud.kid }] });
    await cloud.advance(15 * MINUTE);
    expect((await cloud.compute.diskEncryptionSets.get('data', 'des')).previousKeys).toBeUndefined();
  });

  it('refuses a key without its version, and a key that it may not use', async () => {
    const cloud = await aComputeCloud();
    const versionless = cloud.kid.slice(0, cloud.kid.lastIndexOf('/'));
    await expect(patch(cloud, { activeKey: { keyUrl: versionless } })).rejects.toMatchObject({ statusCode: 400 });
    cloud.world.keyVault.createVault({ ...place, name: 'kv-other', location: 'koreacentral', rbac: null });
    const { kid } = cloud.world.keyVault.createKey('kv-other', 'cmk');
    await expect(patch(cloud, { activeKey: { keyUrl: kid } })).rejects.toThrow(/get, wrap and unwrap key permissions/);
    expect(cloud.set.activeKey.keyUrl).toBe(cloud.kid);
  });

  it('is made without access to its key, by whoever may write it', async () => {
    const { compute, finished, kid, world } = await aComputeCloud();
    const poller = compute.diskEncryptionSets.createOrUpdate('data', 'des-2', {
      location: 'koreacentral',
      identity: { type: 'SystemAssigned' },
      activeKey: { keyUrl: kid },
    });
    await poller.submitted();
    const made = await finished(poller);
    expect(made?.identity?.principalId).toBe(world.entra.managedIdentity(made?.id ?? '')?.objectId);
  });

  it('cannot be deleted while something is encrypted with it', async () => {
    const { compute } = await aComputeCloud();
    await expect(compute.diskEncryptionSets.delete('data', 'des').submitted()).rejects.toMatchObject({
      code: 'OperationNotAllowed',
    });
  });
});

describe('the automatic rotation', () => {
  const rotating = async () => {
    const cloud = await aComputeCloud();
    cloud.set.rotationToLatestKeyVersionEnabled = true;
    return cloud;
  };

  it('takes a new version up within an hour', async () => {
    const { world, set, advance } = await rotating();
    const { kid } = world.keyVault.rotateKey('kv-disks', 'cmk');
    await advance(HOUR);
    expect(set).toMatchObject({ activeKey: { keyUrl: kid }, lastKeyRotationAt: expect.any(Number) });
  });

  it('fails without access and is not tried again before the set is updated', async () => {
    const cloud = await rotating();
    const { world, set, kid, advance, grant } = cloud;
    world.keyVault.updateVault('kv-disks', { accessPolicies: [] });
    world.keyVault.rotateKey('kv-disks', 'cmk');
    await advance(HOUR);
    expect(set).toMatchObject({
      activeKey: { keyUrl: kid },
      autoKeyRotationError: { code: 'KeyVaultAccessForbidden' },
    });
    grant();
    const latest = world.keyVault.rotateKey('kv-disks', 'cmk').kid;
    await advance(HOUR);
    expect(set.activeKey.keyUrl).toBe(kid);
    const updated = await patch(cloud, { activeKey: { keyUrl: kid } });
    expect(updated?.autoKeyRotationError).toBeUndefined();
    expect(set.activeKey.keyUrl).toBe(latest);
  });

  it.each([
    ['checks', undefined],
    ['ignored', { code: 'ManagedServiceIdentityNotFound' }],
  ] as const)('an update that changes nothing: %s', async (diskSetPatchChecksKey, left) => {
    const cloud = await aComputeCloud({ switches: { diskSetPatchChecksKey } });
    const broken = { code: 'ManagedServiceIdentityNotFound', message: 'Please update the resource.' };
    cloud.set.autoKeyRotationError = broken;
    await patch(cloud, { activeKey: { keyUrl: cloud.kid } });
    const { autoKeyRotationError } = await cloud.compute.diskEncryptionSets.get('data', 'des');
    if (left) expect(autoKeyRotationError).toMatchObject(left);
    else expect(autoKeyRotationError).toBeUndefined();
  });
});

describe('identities of a disk encryption set', () => {
  it('a set whose identity was deleted gets another one by an update', async () => {
    const cloud = await aComputeCloud();
    const before = cloud.set.identity.system?.principalId;
    cloud.world.entra.deleteIdentity(cloud.set.id);
    await patch(cloud, { identity: { type: 'SystemAssigned' } });
    expect(cloud.set.identity.system?.principalId).not.toBe(before);
  });

  it('uses a user-assigned identity, if the caller may assign it', async () => {
    const cloud = await aComputeCloud();
    const user = cloud.world.managedIdentities.create({ ...place, name: 'disk-identity' });
    const principalId = cloud.world.entra.managedIdentity(user.id)?.objectId;
    cloud.grant(principalId);
    const identity = { type: 'UserAssigned' as const, userAssignedIdentities: { [user.id]: {} } };
    expect(await patch(cloud, { identity })).toMatchObject({
      identity: { type: 'UserAssigned', userAssignedIdentities: { [user.id]: { principalId } } },
    });
    const operator = cloud.world.entra.createServicePrincipal({ name: 'operator' });
    const scope = `/subscriptions/${subscriptionId}`;
    const actions = ['Microsoft.Compute/*'];
    const role = cloud.world.rbac.define({ roleName: 'Operator', permissions: [{ actions }], scopes: [scope] });
    cloud.world.rbac.assign({ scope, role: role.name, principalId: operator.objectId });
    const { compute } = cloud.clients(operator);
    await expect(compute.diskEncryptionSets.update('data', 'des', { identity }).submitted()).rejects.toMatchObject({
      code: 'LinkedAuthorizationFailed',
    });
  });

  it('a set of another tenant names its application, and None takes it away', async () => {
    const cloud = await aComputeCloud();
    const federatedClientId = cloud.world.entra.tenantId;
    expect(await patch(cloud, { federatedClientId })).toMatchObject({ federatedClientId });
    expect((await patch(cloud, { federatedClientId: 'None' }))?.federatedClientId).toBeUndefined();
  });
});
