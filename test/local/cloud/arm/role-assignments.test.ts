import { randomUUID } from 'node:crypto';
import { AuthorizationManagementClient } from '@azure/arm-authorization';
import { describe, expect, it } from 'vitest';
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

  const forbidden = { statusCode: 403, code: 'AuthorizationFailed' };
  const guid = (digit: string) => `${digit.repeat(8)}-0000-4000-8000-000000000000`;
  const onlyReaders = (...verbs: readonly ('write' | 'delete')[]) =>
    verbs
      .map((verb) => {
        const attribute = `@${verb === 'write' ? 'Request' : 'Resource'}[Microsoft.Authorization/roleAssignments:RoleDefinitionId]`;
        return `((!(ActionMatches{'Microsoft.Authorization/roleAssignments/${verb}'})) OR (${attribute} ForAnyOfAnyValues:GuidEquals {acdd72a7-3385-48ef-bd42-f606fba81ae7}))`;
      })
      .join(' AND ');

  it('lets the product give a reader to another service principal, and no other role, nor to a person', async () => {
    const cloud = await aCloud();
    const { roleAssignments } = productClient(cloud);
    const other = guid('a');
    await expect(
      roleAssignments.create(subscription, randomUUID(), grant(other, 'ServicePrincipal')),
    ).resolves.toMatchObject({ principalId: other });
    const makeOwner = { ...grant(other, 'ServicePrincipal'), roleDefinitionId: owner };
    await expect(roleAssignments.create(subscription, randomUUID(), makeOwner)).rejects.toMatchObject(forbidden);
    const person = named(cloud, 'requester').objectId;
    await expect(roleAssignments.create(subscription, randomUUID(), grant(person, 'User'))).rejects.toMatchObject(
      forbidden,
    );
  });

  it('lets the product give itself nothing, nor loosen its own condition', async () => {
    const cloud = await aCloud();
    const { roleAssignments } = productClient(cloud);
    const { objectId } = theProduct(cloud);
    for (const principalType of ['ServicePrincipal', 'User', undefined]) {
      const self = roleAssignments.create(subscription, randomUUID(), grant(objectId, principalType));
      await expect(self).rejects.toMatchObject(forbidden);
    }
    const own = await all(roleAssignments.listForScope(subscription, { filter: `principalId eq '${objectId}'` }));
    const conditioned = own.filter(({ condition }) => condition);
    expect(conditioned).toHaveLength(1);
    for (const { name = '', roleDefinitionId = '', principalId = '' } of conditioned) {
      const loosened = { roleDefinitionId, principalId, principalType: 'ServicePrincipal' };
      await expect(roleAssignments.create(subscription, name, loosened)).rejects.toMatchObject(forbidden);
    }
    const now = await all(roleAssignments.listForScope(subscription, { filter: `principalId eq '${objectId}'` }));
    expect(now).toEqual(own);
  });

  it('is kept with the assignment, shown as it was given, and counts for its principal', async () => {
    const cloud = await aCloud();
    const { roleAssignments } = clientOf(cloud);
    const delegate = named(cloud, 'requester').objectId;
    const condition = onlyReaders('write', 'delete');
    const name = randomUUID();
    const unconditioned = { ...grant(delegate, 'User'), roleDefinitionId: owner };
    const given = { ...unconditioned, condition };
    expect(await roleAssignments.create(subscription, name, given)).toMatchObject({
      condition,
      conditionVersion: '2.0',
    });
    expect(await roleAssignments.get(subscription, name)).toMatchObject({ condition, conditionVersion: '2.0' });
    await cloud.world.clock.advance(600_000);

    const asDelegate = clientOf(cloud, 'requester').roleAssignments;
    const mine = randomUUID();
    const readers = grant(guid('b'), 'ServicePrincipal');
    await expect(asDelegate.create(subscription, mine, readers)).resolves.toMatchObject({ name: mine });
    const more = { ...readers, roleDefinitionId: owner };
    await expect(asDelegate.create(subscription, randomUUID(), more)).rejects.toMatchObject(forbidden);
    // A principal may not delete an assignment that it may not make, least of all its own assignment with the condition.
    await expect(asDelegate.delete(subscription, name)).rejects.toMatchObject(forbidden);
    await expect(asDelegate.create(subscription, name, unconditioned)).rejects.toMatchObject(forbidden);
    await expect(asDelegate.delete(subscription, mine)).resolves.toMatchObject({ name: mine });
  });

  it('may be changed by whoever may assign that role, and the assignment remains the same', async () => {
    const cloud = await aCloud();
    const { roleAssignments } = clientOf(cloud);
    const name = randomUUID();
    const given = { ...grant(guid('c'), 'ServicePrincipal'), roleDefinitionId: owner };
    const first = await roleAssignments.create(subscription, name, { ...given, condition: onlyReaders('write') });
    await cloud.world.clock.advance(60_000);
    const changed = await roleAssignments.create(subscription, name, { ...given, condition: onlyReaders('delete') });
    expect(changed).toMatchObject({ id: first.id, createdOn: first.createdOn, condition: onlyReaders('delete') });
    expect(changed.updatedOn?.getTime()).toBeGreaterThan(first.updatedOn?.getTime() ?? Number.NaN);
    const { condition } = await roleAssignments.create(subscription, name, given);
    expect(condition ?? null).toBeNull();
  });

  it.each([
    ['is not in the grammar', { condition: 'always' }],
    ['is empty', { condition: '' }],
    ['is of another version', { condition: onlyReaders('write'), conditionVersion: '1.0' }],
  ])('that %s is refused with 400, and nothing is assigned', async (_, conditioned) => {
    const cloud = await aCloud();
    const { roleAssignments } = clientOf(cloud);
    const { objectId } = named(cloud, 'requester');
    const refused = roleAssignments.create(subscription, randomUUID(), { ...grant(objectId, 'User'), ...conditioned });
    await expect(refused).rejects.toMatchObject({
      statusCode: 400,
      message: expect.stringContaining('The given role assignment condition is invalid.'),
    });
    expect(await all(roleAssignments.listForScope(subscription, { filter: `assignedTo('${objectId}')` }))).toEqual([]);
  });
});

describe('role definitions', () => {
  it('know the built-in roles and the custom ones of the scope', async () => {
    const cloud = await aCloud();
    const { roleDefinitions } = clientOf(cloud);
    const names = (await all(roleDefinitions.list(subscription))).map(({ roleName }) => roleName);
    expect(names).toEqual(
      expect.arrayContaining(['Owner', 'Key Vault Crypto Service Encryption User', 'CMK Guardian Grants']),
    );
    const [found] = await all(roleDefinitions.list(subscription, { filter: "roleName eq 'Key Vault Reader'" }));
    expect(found?.permissions?.[0]?.dataActions).toContain('Microsoft.KeyVault/vaults/*/read');
  });
});
