import { randomUUID } from 'node:crypto';
import { KeyVaultManagementClient } from '@azure/arm-keyvault';
import { ResourceManagementClient } from '@azure/arm-resources';
import { KeyClient } from '@azure/keyvault-keys';
import { describe, expect, it } from 'vitest';
import { aCloud, credentialOf, named, subscriptionId, throughProxy } from '../sdk.ts';
import { sendAs } from './send-as.ts';

const subscription = `/subscriptions/${subscriptionId}`;
const group = `${subscription}/resourceGroups/data`;
const vault = `${group}/providers/Microsoft.KeyVault/vaults/kv-orders`;

const asOwner = async (options: Partial<Parameters<typeof aCloud>[0]> = {}) => {
  const cloud = await aCloud({ world: 'mysql-single', ...options });
  const owner = named(cloud, 'owner');
  const credential = credentialOf(cloud, owner);
  const parts = [credential, subscriptionId, throughProxy(cloud)] as const;
  const verb = (name: string) => {
    const found = cloud.azure.services
      .flatMap((service) => [...service.breaks, ...(service.repairs ?? [])])
      .find((one) => one.name === name);
    if (!found) throw new Error(`there is no ${name}`);
    return (input: Record<string, unknown>) => found.run(input);
  };
  return {
    cloud,
    owner,
    verb,
    send: sendAs(cloud, owner),
    vaults: new KeyVaultManagementClient(...parts).vaults,
    resources: new ResourceManagementClient(...parts).resources,
    keys: new KeyClient('https://kv-orders.vault.azure.net', credential, {
      ...throughProxy(cloud),
      disableChallengeResourceVerification: true,
    }),
  };
};

const tagged = { tags: { owner: 'data' } };

describe('a policy with the effect deny', () => {
  it('refuses a write that is not as it demands, and names its assignment beside the text', async () => {
    const { vaults, verb, send } = await asOwner();
    await verb('assign-policy')({ scope: group, type: 'Microsoft.KeyVault/vaults', demands: { 'tags.owner': '*' } });
    expect(await send('PATCH', `${vault}?api-version=2023-07-01`, { tags: {} })).toMatchObject({
      status: 403,
      body: {
        error: {
          code: 'RequestDisallowedByPolicy',
          additionalInfo: [
            {
              type: 'PolicyViolation',
              info: { policyAssignmentId: `${group}/providers/Microsoft.Authorization/policyAssignments/guardrails` },
            },
          ],
        },
      },
    });
    expect(await vaults.update('data', 'kv-orders', tagged)).toMatchObject(tagged);
  });

  it('binds its scope and what is below, its type alone, and nobody who is exempt or once it is gone', async () => {
    const { vaults, verb, send } = await asOwner();
    const elsewhere = `${subscription}/resourceGroups/elsewhere`;
    await verb('assign-policy')({ scope: elsewhere, type: 'Microsoft.KeyVault/vaults' });
    await verb('assign-policy')({ scope: subscription, type: 'Microsoft.Compute/disks' });
    expect(await vaults.update('data', 'kv-orders', tagged)).toMatchObject(tagged);
    await verb('assign-policy')({ scope: subscription, name: 'none', type: 'Microsoft.KeyVault/vaults' });
    await expect(vaults.update('data', 'kv-orders', tagged)).rejects.toMatchObject({
      code: 'RequestDisallowedByPolicy',
    });
    const id = `${subscription}/providers/Microsoft.Authorization/policyAssignments/none`;
    const properties = { policyAssignmentId: id, exemptionCategory: 'Waiver' };
    const exemption = `${vault}/providers/Microsoft.Authorization/policyExemptions/guardian?api-version=2022-07-01-preview`;
    expect(await send('PUT', exemption, { properties })).toMatchObject({ status: 201 });
    expect(await vaults.update('data', 'kv-orders', tagged)).toMatchObject(tagged);
    expect(await send('GET', `${id}?api-version=2023-04-01`)).toMatchObject({ status: 200, body: { id } });
    expect(await send('DELETE', `${id}?api-version=2023-04-01`)).toMatchObject({ status: 200 });
    expect(await send('GET', `${id}?api-version=2023-04-01`)).toMatchObject({ status: 404 });
  });

  it('bounds the validity of a key at the data plane of its vault', async () => {
    const { cloud, keys, owner, verb } = await asOwner();
    await verb('add-access-policy')({ vault: 'kv-orders', objectId: owner.objectId, keys: ['get', 'update'] });
    await verb('assign-policy')({ scope: group, type: 'Microsoft.KeyVault.Data/vaults/keys', mostDays: 90 });
    const { version = '' } = (await keys.getKey('cmk')).properties;
    const inDays = (days: number) => ({ expiresOn: new Date(cloud.world.clock.now() + days * 86_400_000) });
    await expect(keys.updateKeyProperties('cmk', version, inDays(91))).rejects.toMatchObject({
      statusCode: 403,
      message: expect.stringContaining('was disallowed by policy'),
    });
    await keys.updateKeyProperties('cmk', version, inDays(89));
  });
});

describe('a deny assignment', () => {
  it('forbids what a role allows, at its scope and below, in the words of Azure, but to whom it excludes', async () => {
    const { cloud, owner, vaults, verb, send } = await asOwner();
    await verb('deny')({ scope: group, name: 'stack' });
    await expect(vaults.update('data', 'kv-orders', tagged)).rejects.toMatchObject({
      statusCode: 403,
      code: 'DenyAssignmentAuthorizationFailed',
      message: expect.stringMatching(
        /however, the access is denied because of the deny assignment with name 'stack' and Id '[0-9a-f-]{36}' at scope '.*\/resourceGroups\/data'\.$/,
      ),
    });
    const listed = await send(
      'GET',
      `${vault}/providers/Microsoft.Authorization/denyAssignments?api-version=2022-04-01`,
    );
    expect(listed.body).toMatchObject({ value: [{ properties: { denyAssignmentName: 'stack', scope: group } }] });
    await verb('undeny')({ scope: group, name: 'stack' });
    expect(await vaults.update('data', 'kv-orders', tagged)).toMatchObject(tagged);
    await verb('deny')({ scope: group, name: 'stack', excluded: [owner.objectId] });
    expect(await vaults.update('data', 'kv-orders', tagged)).toMatchObject(tagged);
    expect(cloud.world.denials.all()).toHaveLength(1);
  });

  it('holds at the data plane of a vault with roles as well', async () => {
    const { keys, verb } = await asOwner({ worldInput: { permissions: 'roles' } });
    await verb('deny')({ scope: vault, actions: [], dataActions: ['Microsoft.KeyVault/vaults/keys/*'] });
    await expect(keys.getKey('cmk')).rejects.toMatchObject({
      statusCode: 403,
      message: expect.stringMatching(/DenyAssignmentId: '[0-9a-f-]{36}'/),
    });
  });
});

it('A subscription takes no more role assignments than its limit, wherever in it they are', async () => {
  const { cloud, resources, verb } = await asOwner();
  await verb('limit-role-assignments')({ most: cloud.world.rbac.assignments().length });
  const roleDefinitionId = `${subscription}/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7`;
  const properties = { roleDefinitionId, principalId: named(cloud, 'requester').objectId, principalType: 'User' };
  const id = `${vault}/providers/Microsoft.Authorization/roleAssignments/${randomUUID()}`;
  await expect(resources.createOrUpdateById(id, '2022-04-01', { properties })).rejects.toMatchObject({
    statusCode: 400,
    code: 'RoleAssignmentLimitExceeded',
  });
  await verb('limit-role-assignments')({ most: 4000 });
  await resources.createOrUpdateById(id, '2022-04-01', { properties });
});

it('The refusal by a lock names the lock where that is chosen', async () => {
  const { vaults, verb } = await asOwner({ switches: { lockedNames: 'locks' } });
  await verb('lock')({ scope: group, name: 'hands-off', level: 'ReadOnly' });
  await expect(vaults.update('data', 'kv-orders', tagged)).rejects.toMatchObject({
    code: 'ScopeLocked',
    message: expect.stringContaining(`are locked: '${group}/providers/Microsoft.Authorization/locks/hands-off'.`),
  });
});

it('A fault may have an answer of its own', async () => {
  const { keys, vaults, cloud } = await asOwner();
  const answer = { kind: 'answer', rate: 1, status: 409, code: 'Conflict', message: 'read-only' } as const;
  cloud.faults.add({ ...answer, route: 'PATCH https://management.azure.com/*', retryAfter: 7 });
  cloud.faults.add({ ...answer, route: '* https://kv-orders.vault.azure.net/*', status: 403, inner: 'VaultReadOnly' });
  await expect(vaults.update('data', 'kv-orders', tagged)).rejects.toMatchObject({
    statusCode: 409,
    code: 'Conflict',
    message: expect.stringContaining('read-only'),
  });
  await expect(keys.getKey('cmk')).rejects.toMatchObject({
    statusCode: 403,
    details: { error: { innerError: { code: 'VaultReadOnly' } } },
  });
});

it('A fault may answer with a whole body of its own, or spoil parts of the true answer', async () => {
  const { send, cloud } = await asOwner();
  const read = () => send('GET', `${vault}?api-version=2023-07-01`);
  const { body: before } = await read();
  cloud.faults.add({ route: '*', kind: 'spoilt', rate: 1, of: '/kv-orders', put: { tags: 5 }, leaveOut: ['location'] });
  const { location: _, ...rest } = before as Record<string, unknown>;
  expect(await read()).toMatchObject({ status: 200, body: { ...rest, tags: 5 } });
  expect((await read()).body).not.toHaveProperty('location');
  cloud.faults.clear();
  cloud.faults.add({ route: 'GET *', kind: 'answer', rate: 1, status: 200, body: 'no vault' });
  expect(await read()).toMatchObject({ status: 200, body: 'no vault' });
});
