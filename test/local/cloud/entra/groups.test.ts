import { KeyClient } from '@azure/keyvault-keys';
import { describe, expect, it } from 'vitest';
import type { Cloud } from '../../../../local/cloud/cloud.ts';
import type { Switches } from '../../../../local/cloud/service.ts';
import { sendAs } from '../arm/send-as.ts';
import { aCloud, credentialOf, named, subscriptionId, throughProxy } from '../sdk.ts';

const SUBSCRIPTION = `/subscriptions/${subscriptionId}`;
const VAULT = 'https://kv-orders.vault.azure.net/';
const ROOT = '/providers/Microsoft.Management/managementGroups/root';

type Assigned = { principalId: string; principalType: string; scope: string };

/** A person in a group that is in another group. */
const members = async (permissions: 'accessPolicies' | 'roles', switches: Partial<Switches> = {}) => {
  const cloud = await aCloud();
  Object.assign(cloud.world.switches, { propagationSeconds: 0, ...switches });
  const sim = async (verb: string, input: Record<string, unknown>): Promise<Record<string, unknown>> => {
    const answer = await fetch(`${cloud.control}/${verb}`, { method: 'POST', body: JSON.stringify(input) });
    expect([verb, answer.status]).toEqual([verb, 200]);
    return (await answer.json()) as Record<string, unknown>;
  };
  await sim('worlds/mysql-single', { permissions });
  Object.assign(cloud.world.switches, { propagationSeconds: 0, ...switches });
  const make = async (group: string) => String((await sim('repair/create-group', { group }))['objectId']);
  const [inner, outer] = [await make('inner'), await make('outer')];
  await sim('repair/add-group-member', { group: outer, member: inner });
  return { cloud, inner, outer, sim };
};

const readsKey = async (cloud: Cloud, name: string): Promise<boolean> => {
  const options = { ...throughProxy(cloud), disableChallengeResourceVerification: true };
  const client = new KeyClient(VAULT, credentialOf(cloud, named(cloud, name)), options);
  return client.getKey('cmk').then(
    () => true,
    () => false,
  );
};

describe('groups', () => {
  it('hold access policies for who is in them, also through others, and no longer than that', async () => {
    const { cloud, inner, outer, sim } = await members('accessPolicies');
    const { objectId: member } = named(cloud, 'requester');
    const policy = { tenantId: cloud.world.entra.tenantId, objectId: outer, permissions: { keys: ['get'] } };
    cloud.world.keyVault.changePolicies('kv-orders', 'add', [policy]);
    expect(await readsKey(cloud, 'requester')).toBe(false);
    await sim('repair/add-group-member', { group: inner, member });
    expect(await readsKey(cloud, 'requester')).toBe(true);
    await sim('break/remove-group-member', { group: inner, member });
    expect(await readsKey(cloud, 'requester')).toBe(false);
  });

  it('hold roles, also at a management group above the subscription', async () => {
    const { cloud, inner, outer, sim } = await members('roles');
    await sim('repair/add-group-member', { group: inner, member: named(cloud, 'requester').objectId });
    await sim('repair/add-role-assignment', { scope: ROOT, role: 'Key Vault Administrator', principalId: outer });
    expect(await readsKey(cloud, 'requester')).toBe(false);
    await sim('repair/put-below-management-group', { managementGroup: 'landing', subscription: subscriptionId });
    await sim('repair/put-below-management-group', { managementGroup: 'root', below: 'landing' });
    expect(await readsKey(cloud, 'requester')).toBe(true);
    expect(await readsKey(cloud, 'approver')).toBe(false);
  });

  it('of subscriptions have one that is made below them, moved, and taken out', async () => {
    const { cloud, sim } = await members('roles');
    const { subscriptions, mysql } = cloud.world;
    const idsBelow = (name: string) => subscriptions.descendants(name)?.map(({ id }) => id.split('/').at(-1));
    const { subscription } = (await sim('repair/create-subscription', {
      name: 'team-a',
      managementGroup: 'landing',
      server: 'team-a',
    })) as { subscription: string };
    expect(idsBelow('landing')).toEqual([subscription]);
    expect(mysql.servers.all().map(({ name }) => name)).toContain('team-a');
    await sim('repair/put-below-management-group', { managementGroup: 'sandbox', subscription });
    expect([idsBelow('landing'), idsBelow('sandbox')]).toEqual([[], [subscription]]);
    await sim('break/take-out-of-management-group', { subscription });
    expect(idsBelow('sandbox')).toEqual([]);
    expect(subscriptions.get(subscription)?.name).toBe('team-a');
  });

  it.each([
    ['everybody', ['approver', 'guest']],
    ['users', ['approver']],
  ] as const)('are resolved for %s by assignedTo, and by no other filter', async (assignedToResolves, resolved) => {
    const { cloud, inner, outer, sim } = await members('roles', { assignedToResolves });
    cloud.world.entra.createServicePrincipal({ name: 'guest' });
    await sim('repair/put-below-management-group', { managementGroup: 'root', subscription: subscriptionId });
    await sim('repair/add-role-assignment', { scope: ROOT, role: 'Reader', principalId: outer });
    const send = sendAs(cloud, named(cloud, 'owner'));
    const listed = async (filter: string): Promise<readonly Assigned[]> => {
      const query = `api-version=2022-04-01&$filter=${encodeURIComponent(filter)}`;
      const path = `${SUBSCRIPTION}/providers/Microsoft.Authorization/roleAssignments?${query}`;
      const { value } = (await send('GET', path)).body as { value: { properties: Assigned }[] };
      return value.map(({ properties }) => properties);
    };
    for (const name of ['approver', 'guest']) {
      const { objectId } = named(cloud, name);
      await sim('repair/add-group-member', { group: inner, member: objectId });
      const found = (await listed(`atScope() and assignedTo('${objectId}')`)).map(({ principalId, scope }) => [
        principalId,
        scope,
      ]);
      expect([name, found]).toEqual([name, (resolved as readonly string[]).includes(name) ? [[outer, ROOT]] : []]);
      expect(await listed(`principalId eq '${objectId}'`)).toEqual([]);
    }
    expect((await listed('atScope()')).map(({ principalType }) => principalType)).toContain('Group');
  });
});
