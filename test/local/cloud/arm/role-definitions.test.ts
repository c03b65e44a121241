import { randomUUID } from 'node:crypto';
import { AuthorizationManagementClient } from '@azure/arm-authorization';
import { describe, expect, it } from 'vitest';
import type { CloudOptions } from '../../../../local/cloud/cloud.ts';
import { aCloud, all, credentialOf, named, subscriptionId, throughProxy } from '../sdk.ts';

const SUBSCRIPTION = `/subscriptions/${subscriptionId}`;
const MANAGEMENT_GROUP = '/providers/Microsoft.Management/managementGroups/platform';
const ROLE = '11111111-2222-4333-8444-555555555555';
const KEYS = 'Microsoft.KeyVault/vaults/keys';

type Given = { actions?: string[]; dataActions?: string[]; scopes?: string[]; roleName?: string };

const definition = ({ actions = [], dataActions = [], scopes = [SUBSCRIPTION], roleName = 'Key keeper' }: Given) => ({
  roleName,
  roleType: 'CustomRole',
  description: 'Keeps keys',
  assignableScopes: scopes,
  permissions: [{ actions, notActions: [], dataActions, notDataActions: [] }],
});

/** The owner of a subscription below a management group, who defines roles, and a person to whom they are assigned. */
const authorization = async (options: Partial<CloudOptions> = {}) => {
  const cloud = await aCloud(options);
  const owner = named(cloud, 'owner');
  cloud.world.subscriptions.putBelow('platform', { subscription: subscriptionId });
  cloud.world.rbac.assign({ scope: MANAGEMENT_GROUP, role: 'Owner', principalId: owner.objectId });
  const client = new AuthorizationManagementClient(credentialOf(cloud, owner), subscriptionId, throughProxy(cloud));
  const keeper = cloud.world.entra.createServicePrincipal({ name: 'keeper' });
  const define = (given: Given, id = ROLE) =>
    client.roleDefinitions.createOrUpdate(SUBSCRIPTION, id, definition(given));
  const give = (scope = SUBSCRIPTION, id = ROLE) =>
    client.roleAssignments.create(scope, randomUUID(), {
      roleDefinitionId: `${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/${id}`,
      principalId: keeper.objectId,
      principalType: 'ServicePrincipal',
    });
  const reads = () =>
    cloud.world.rbac.allows({
      principalId: keeper.objectId,
      action: 'Microsoft.KeyVault/vaults/read',
      scope: SUBSCRIPTION,
    });
  return { cloud, client, keeper, define, give, reads };
};

const refused = (code: string) => expect.objectContaining({ code });

describe('A role definition', () => {
  it('is made, found, listed, written again and deleted', async () => {
    const { client, define } = await authorization();
    const made = await define({ actions: ['Microsoft.KeyVault/vaults/read'], dataActions: [`${KEYS}/read`] });
    expect(made).toMatchObject({ name: ROLE, roleName: 'Key keeper', roleType: 'CustomRole' });
    expect(await client.roleDefinitions.get(SUBSCRIPTION, ROLE)).toEqual(made);
    const filter = "roleName eq 'Key keeper'";
    expect(await all(client.roleDefinitions.list(SUBSCRIPTION, { filter }))).toEqual([made]);
    const again = await define({ actions: ['Microsoft.KeyVault/*'] });
    expect(again.permissions?.[0]?.actions).toEqual(['Microsoft.KeyVault/*']);
    await client.roleDefinitions.delete(SUBSCRIPTION, ROLE);
    await expect(client.roleDefinitions.get(SUBSCRIPTION, ROLE)).rejects.toEqual(refused('RoleDefinitionDoesNotExist'));
  });

  it('gives what it says, and after a change what it says then, once that has spread', async () => {
    const { cloud, define, give, reads } = await authorization({ switches: { propagationSeconds: 300 } });
    await cloud.world.clock.advance(300_000);
    await define({ actions: ['Microsoft.KeyVault/vaults/read'] });
    await give();
    await cloud.world.clock.advance(300_000);
    expect(reads()).toBe(true);
    await define({ actions: ['Microsoft.Compute/disks/read'] });
    expect(reads()).toBe(true);
    await cloud.world.clock.advance(300_000);
    expect(reads()).toBe(false);
  });

  it.each<[string, Given, string]>([
    [
      'an action that its provider does not have',
      { actions: ['Microsoft.KeyVault/vaults/heal/action'] },
      'InvalidActionOrNotAction',
    ],
    ['an action of no provider', { actions: ['Microsoft.Nowhere/things/read'] }, 'InvalidActionOrNotAction'],
    ['a data action among the actions', { actions: [`${KEYS}/recover/action`] }, 'InvalidActionOrNotAction'],
    [
      'an action among the data actions',
      { dataActions: ['Microsoft.KeyVault/vaults/write'] },
      'InvalidDataActionOrNotDataAction',
    ],
    ['the root as its scope', { scopes: ['/'] }, 'InvalidAssignableScope'],
    ['two management groups', { scopes: [MANAGEMENT_GROUP, `${MANAGEMENT_GROUP}-2`] }, 'InvalidAssignableScope'],
    [
      'a scope that is not its writer’s',
      { scopes: [SUBSCRIPTION, `/subscriptions/${ROLE}`] },
      'LinkedAuthorizationFailed',
    ],
    ['the name of another role', { roleName: 'reader' }, 'RoleDefinitionWithSameNameExists'],
  ])('is not made with %s', async (_case, given, code) => {
    const { define } = await authorization();
    await expect(define(given)).rejects.toEqual(refused(code));
  });

  it.each([
    ['under a name that is no GUID', 'keeper', 'InvalidRoleDefinitionId'],
    ['in the place of a built-in one', 'acdd72a7-3385-48ef-bd42-f606fba81ae7', 'BuiltInRoleUpdateNotPermitted'],
  ])('is not made %s', async (_case, id, code) => {
    const { define } = await authorization();
    await expect(define({}, id)).rejects.toEqual(refused(code));
  });

  it('has one set of permissions', async () => {
    const { client } = await authorization();
    const { permissions, ...rest } = definition({});
    const twice = { ...rest, permissions: [...permissions, ...permissions] };
    await expect(client.roleDefinitions.createOrUpdate(SUBSCRIPTION, ROLE, twice)).rejects.toEqual(
      refused('InvalidRequestContent'),
    );
  });

  it('takes the names of a provider that nobody plays here, and says so', async () => {
    const { cloud, define } = await authorization();
    await define({ actions: ['Microsoft.Cache/redis/read'] });
    expect(cloud.lines).toEqual([expect.stringMatching(/^not simulated: the operations of Microsoft\.Cache;/)]);
  });

  it('is not deleted while somebody holds it', async () => {
    const { client, define, give } = await authorization();
    await define({});
    const { name } = await give();
    await expect(client.roleDefinitions.delete(SUBSCRIPTION, ROLE)).rejects.toEqual(
      refused('RoleDefinitionHasAssignments'),
    );
    await client.roleAssignments.delete(SUBSCRIPTION, name ?? '');
    await client.roleDefinitions.delete(SUBSCRIPTION, ROLE);
  });

  it('with data actions is assigned at no management group', async () => {
    const { define, give } = await authorization();
    await define({ dataActions: [`${KEYS}/read`], scopes: [MANAGEMENT_GROUP] });
    await expect(give(MANAGEMENT_GROUP)).rejects.toEqual(refused('InvalidCreateRoleAssignmentRequest'));
    expect(await give(SUBSCRIPTION)).toMatchObject({ scope: SUBSCRIPTION });
  });

  it('is assigned where it says, once Azure knows where that is', async () => {
    const { cloud, define, give } = await authorization({ switches: { assignableScopeSeconds: 120 } });
    await define({ scopes: [`${SUBSCRIPTION}/resourceGroups/guardian`] });
    const unassignable = refused('RoleAssignmentScopeNotAssignableToRoleDefinition');
    await expect(give(`${SUBSCRIPTION}/resourceGroups/guardian`)).rejects.toEqual(unassignable);
    await cloud.world.clock.advance(120_000);
    expect(await give(`${SUBSCRIPTION}/resourceGroups/guardian`)).toMatchObject({ principalType: 'ServicePrincipal' });
    await expect(give()).rejects.toEqual(unassignable);
  });
});
