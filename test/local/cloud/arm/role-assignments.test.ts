import { randomUUID } from 'node:crypto';
import { AuthorizationManagementClient } from '@azure/arm-authorization';
import { describe, expect, it } from '@jest/globals';
import type { Cloud } from '../../../../local/cloud/cloud.ts';
import { aCloud, all, credentialOf, named, subscriptionId, theProduct, throughProxy } from '../sdk.ts';

const subscription = `/subscriptions/${subscriptionId}`;
const reader = `${subscription}/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7`;

const clientOf = (cloud: Cloud, name = 'owner') =>
  new AuthorizationManagementClient(credentialOf(cloud, named(cloud, name)), subscriptionId, throughProxy(cloud));

const grant = (principalId: string, principalType?: string) => ({
  roleDefinitionId: reader,
  principalId,
  ...(principalType ? { principalType } : {}),
});

describe('role assignments', () => {
  it('are made, read, listed and taken away', async () => {
    const cloud = await aCloud();
    const { roleAssignments } = clientOf(cloud);
    const { objectId } = named(cloud, 'requester');
    const name = randomUUID();
    const made = await roleAssignments.create(subscription, name, grant(objectId, 'User'));
    expect(made).toMatchObject({ name, principalId: objectId, scope: subscription, roleDefinitionId: reader });
    expect(await roleAssignments.get(subscription, name)).toMatchObject({ id: made.id });
    const listed = await all(roleAssignments.listForScope(subscription, { filter: `principalId eq '${objectId}'` }));
    expect(listed.map((each) => each.name)).toEqual([name]);
    await roleAssignments.delete(subscription, name);
    await expect(roleAssignments.get(subscription, name)).rejects.toMatchObject({
      code: 'RoleAssignmentNotFound',
      statusCode: 404,
    });
  });

  it('may be put again under the same name, but are not made twice under two', async () => {
    const cloud = await aCloud();
    const { roleAssignments } = clientOf(cloud);
    const { objectId } = named(cloud, 'requester');
    const name = randomUUID();
    await roleAssignments.create(subscription, name, grant(objectId, 'User'));
    expect(await roleAssignments.create(subscription, name, grant(objectId, 'User'))).toMatchObject({ name });
    await expect(roleAssignments.create(subscription, randomUUID(), grant(objectId, 'User'))).rejects.toMatchObject({
      statusCode: 409,
      code: 'RoleAssignmentExists',
    });
    const { objectId: other } = named(cloud, 'approver');
    await expect(roleAssignments.create(subscription, name, grant(other, 'User'))).rejects.toMatchObject({
      code: 'RoleAssignmentUpdateNotPermitted',
    });
  });

  it('of a fresh principal need its type, until the directory has replicated it', async () => {
    const cloud = await aCloud();
    const { roleAssignments } = clientOf(cloud);
    const { objectId } = cloud.world.entra.createSystemIdentity(`${subscription}/resourceGroups/g/providers/X/y/fresh`);
    await expect(roleAssignments.create(subscription, randomUUID(), grant(objectId))).rejects.toMatchObject({
      statusCode: 400,
      code: 'PrincipalNotFound',
    });
    await cloud.world.clock.advance(60_000);
    expect(await roleAssignments.create(subscription, randomUUID(), grant(objectId))).toMatchObject({
      principalId: objectId,
    });
  });

  it('are listed at, above and below a scope; atScope() leaves out what is below', async () => {
    const cloud = await aCloud();
    const { roleAssignments } = clientOf(cloud);
    const { objectId } = named(cloud, 'requester');
    const group = `${subscription}/resourceGroups/guardian`;
    await roleAssignments.create(group, randomUUID(), grant(objectId, 'User'));
    const scopes = async (filter: string) =>
      (await all(roleAssignments.listForScope(subscription, { filter }))).map(({ scope }) => scope);
    expect(await scopes(`assignedTo('${objectId}')`)).toEqual([group]);
    expect(await scopes(`atScope() and assignedTo('${objectId}')`)).toEqual([]);
  });

  it('are written by nobody who may not: the 403 names client, action and scope', async () => {
    const cloud = await aCloud();
    const requester = named(cloud, 'requester');
    const name = randomUUID();
    const refused = clientOf(cloud, 'requester').roleAssignments.create(
      subscription,
      name,
      grant(requester.objectId, 'User'),
    );
    await expect(refused).rejects.toMatchObject({
      statusCode: 403,
      code: 'AuthorizationFailed',
      message: expect.stringContaining(
        `with object id '${requester.objectId}' does not have authorization to perform action 'Microsoft.Authorization/roleAssignments/write' over scope '${subscription}/providers/Microsoft.Authorization/roleAssignments/${name}'`,
      ),
    });
  });
});

describe('a condition on who may assign roles', () => {
  const owner = `${subscription}/providers/Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635`;
  const productClient = (cloud: Cloud) =>
    new AuthorizationManagementClient(credentialOf(cloud, theProduct(cloud)), subscriptionId, throughProxy(cloud));

  it('lets the product give a reader to a service principal, and no other role, nor to a person', async () => {
    const cloud = await aCloud();
    const { roleAssignments } = productClient(cloud);
    const { objectId } = theProduct(cloud);
    await expect(
      roleAssignments.create(subscription, randomUUID(), grant(objectId, 'ServicePrincipal')),
    ).resolves.toMatchObject({ principalId: objectId });
    const refused = { statusCode: 403, code: 'AuthorizationFailed' };
    const makeOwner = { ...grant(objectId, 'ServicePrincipal'), roleDefinitionId: owner };
    await expect(roleAssignments.create(subscription, randomUUID(), makeOwner)).rejects.toMatchObject(refused);
    const person = named(cloud, 'requester').objectId;
    await expect(roleAssignments.create(subscription, randomUUID(), grant(person, 'User'))).rejects.toMatchObject(
      refused,
    );
  });
});

describe('role definitions', () => {
  it('know the built-in roles and the custom ones of the scope', async () => {
    const cloud = await aCloud();
    const { roleDefinitions } = clientOf(cloud);
    const names = (await all(roleDefinitions.list(subscription))).map(({ roleName }) => roleName);
    expect(names).toEqual(
      expect.arrayContaining(['Owner', 'Key Vault Crypto Service Encryption User', 'CMK Guardian']),
    );
    const [found] = await all(roleDefinitions.list(subscription, { filter: "roleName eq 'Key Vault Reader'" }));
    expect(found?.permissions?.[0]?.dataActions).toContain('Microsoft.KeyVault/vaults/*/read');
  });
});
