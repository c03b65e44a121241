import { KeyVaultManagementClient } from '@azure/arm-keyvault';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { permits } from '../../../../local/cloud/arm/access.ts';
import { builtInRoles, permission } from '../../../../local/cloud/arm/built-in-roles.ts';
import { scopeOf, within } from '../../../../local/cloud/arm/scope.ts';
import { aCloud, credentialOf, named, subscriptionId, throughProxy } from '../sdk.ts';

const role = (name: string) => builtInRoles.find(({ roleName }) => roleName === name)?.permissions[0] ?? permission({});

describe('a role', () => {
  it.each([
    ['Reader', 'Microsoft.KeyVault/vaults/read', true],
    ['Reader', 'Microsoft.KeyVault/vaults/write', false],
    ['Contributor', 'Microsoft.KeyVault/vaults/write', true],
    ['Contributor', 'Microsoft.Authorization/roleAssignments/write', false],
    ['Contributor', 'Microsoft.Authorization/roleAssignments/read', true],
    ['Key Vault Contributor', 'Microsoft.KeyVault/locations/deletedVaults/purge/action', false],
  ])('%s: %s is %s', (name, action, allowed) => {
    expect(permits(role(name), { action })).toBe(allowed);
  });

  it.each([
    ['Key Vault Crypto Service Encryption User', 'keys/unwrap/action', true],
    ['Key Vault Crypto Service Encryption User', 'keys/update/action', false],
    ['Key Vault Crypto Officer', 'keys/purge/action', true],
    ['Key Vault Reader', 'keys/read', true],
    ['Owner', 'keys/read', false],
  ])('%s: data action %s is %s', (name, action, allowed) => {
    expect(permits(role(name), { dataAction: `Microsoft.KeyVault/vaults/${action}` })).toBe(allowed);
  });

  it('never allows what it subtracts, however the action is written', () => {
    const given = permission({ actions: ['*'], notActions: ['A/b/*'] });
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z/]{0,12}$/), fc.boolean(), (rest, upper) => {
        const action = `a/b/${rest}`;
        expect(permits(given, { action: upper ? action.toUpperCase() : action })).toBe(false);
      }),
    );
  });
});

const segment = fc.stringMatching(/^[a-z0-9-]{1,8}$/);

describe('a scope', () => {
  it('holds what lies below it and nothing that only begins alike', () => {
    fc.assert(
      fc.property(segment, segment, (group, name) => {
        const scope = `/subscriptions/s/resourcegroups/${group}`;
        expect(within(`${scope}/providers/p/t/${name}`, scope)).toBe(true);
        expect(within(`${scope}${name}`, scope)).toBe(false);
        expect(within(scope, '')).toBe(true);
      }),
    );
  });

  it.each([
    ['/subscriptions/s/resourceGroups/g/providers/P/t/n', '/subscriptions/s/resourceGroups/g/providers/P/t/n'],
    ['/subscriptions/s/resourceGroups/g/providers/P/t/n/restart', '/subscriptions/s/resourceGroups/g/providers/P/t/n'],
    ['/subscriptions/s/resourceGroups/g/providers/P/t', '/subscriptions/s/resourceGroups/g'],
    ['/subscriptions/s/providers/P/t', '/subscriptions/s'],
    ['/subscriptions/s/resourceGroups', '/subscriptions/s'],
    ['/subscriptions/s', '/subscriptions/s'],
    ['/subscriptions/s/providers/P/t/n/providers/Q/u', '/subscriptions/s/providers/P/t/n'],
  ])('of %s is %s', (path, scope) => {
    expect(scopeOf(path)).toBe(scope);
  });
});

describe('a grant', () => {
  it('works only after the propagation delay, and nothing tells when', async () => {
    const cloud = await aCloud({ world: 'mysql-single', switches: { propagationSeconds: 120 } });
    const requester = named(cloud, 'requester');
    const client = new KeyVaultManagementClient(credentialOf(cloud, requester), subscriptionId, throughProxy(cloud));
    const read = () => client.vaults.get('data', 'kv-orders');
    const scope = `/subscriptions/${subscriptionId}/resourceGroups/data`;
    const { name } = cloud.world.rbac.assign({ scope, role: 'Reader', principalId: requester.objectId });
    await cloud.world.clock.advance(119_000);
    await expect(read()).rejects.toMatchObject({ code: 'AuthorizationFailed' });
    await cloud.world.clock.advance(1_000);
    expect(await read()).toMatchObject({ name: 'kv-orders' });
    cloud.world.rbac.unassign(scope, name);
    expect(await read()).toMatchObject({ name: 'kv-orders' });
    await cloud.world.clock.advance(120_000);
    await expect(read()).rejects.toMatchObject({ code: 'AuthorizationFailed' });
  });
});
