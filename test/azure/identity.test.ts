import { describe, expect, it } from 'vitest';
import { blamesIdentity } from '../../src/remediation/diagnosis/identity-refusal.ts';
import type { ConsumerIdentity } from '../../src/remediation/model/consumer-identity.ts';
import type { ConsumerKind } from '../../src/remediation/model/profiles.ts';
import type { StepSpec } from '../../src/remediation/steps/steps.ts';
import { DISKS, diskKid, SET, setIn } from './disks.ts';
import { followThrough, mutations } from './follow-through.ts';
import { FLEXIBLE, ORDERS, pinnedVersion, revalidation, SINGLE, stateOf, vaultOf } from './orders.ts';
import { HOUR, type Stage, SUBSCRIPTION, sim, stage } from './product.ts';

type Assigning = { readonly identity: ConsumerIdentity; readonly replaces?: string };
const SYSTEM: Assigning = { identity: { kind: 'system' } };

const assigning = (consumerKind: ConsumerKind, target: string, kid: string, wanted: Assigning): StepSpec => ({
  kind: 'assignIdentity',
  target: target.toLowerCase(),
  parameters: { ...vaultOf(kid), consumerKind, kid, ...wanted },
});
const toSingle = ({ cloud }: Stage, wanted: Assigning): StepSpec =>
  assigning('mysqlSingleServer', SINGLE, pinnedVersion(cloud).kid, wanted);
const toFlexible = ({ cloud }: Stage, identity = 'web-identity'): StepSpec =>
  assigning('mysqlFlexibleServer', FLEXIBLE, pinnedVersion(cloud).kid, {
    identity: { kind: 'user', id: identityId(identity) },
  });
const toSet = ({ cloud }: Stage, wanted: Assigning): StepSpec =>
  assigning('diskEncryptionSet', SET, diskKid(cloud, 1), wanted);

const GROUP = `${SUBSCRIPTION}/resourceGroups/data`;
const identityId = (name: string): string =>
  `${GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`.toLowerCase();
const create = ({ cloud }: Stage, name: string) =>
  cloud.world.managedIdentities.create({ subscription: SUBSCRIPTION.split('/')[2] ?? '', group: 'data', name });

const single = ({ cloud }: Stage) => {
  const server = cloud.world.mysql.servers.single(SINGLE);
  if (!server) throw new Error('there is no server');
  return server;
};
const flexible = ({ cloud }: Stage) => {
  const server = cloud.world.mysql.servers.flexible(FLEXIBLE);
  if (!server) throw new Error('there is no server');
  return server;
};
const grant = async ({ cloud }: Stage, objectId: string): Promise<void> => {
  const keys = ['get', 'list', 'wrapKey', 'unwrapKey'];
  await sim(cloud, 'repair/add-access-policy', { vault: 'kv-orders', objectId, keys });
};

describe('the identity of a single server', () => {
  it('that was deleted in Entra still shows; only the refusal of a revalidation tells', async () => {
    const set = await stage(ORDERS);
    const before = single(set).identity?.principalId ?? '';
    await sim(set.cloud, 'break/remove-identity', { server: 'orders' });
    await set.advance(HOUR);
    expect(await set.call('readConsumer', SINGLE)).toMatchObject({
      value: [{ state: { value: { state: 'inaccessible' } }, principalId: { kind: 'present', value: before } }],
    });
    const refused = await followThrough(set, await set.call('repair', revalidation(set.cloud, SINGLE)));
    expect(refused).toMatchObject({ kind: 'blocked', why: expect.stringContaining('AzureKeyVaultNoServerIdentity') });
    expect(blamesIdentity(refused.kind === 'blocked' ? refused.why : '')).toBe(true);
  });

  it('that was deleted in Entra is made anew by one PATCH, once, and then serves with access of its own', async () => {
    const set = await stage(ORDERS);
    const replaces = single(set).identity?.principalId ?? '';
    await sim(set.cloud, 'break/remove-identity', { server: 'orders' });
    await set.advance(HOUR);
    const step = toSingle(set, { ...SYSTEM, replaces });
    expect(await followThrough(set, await set.call('repair', step))).toMatchObject({ kind: 'done' });
    const made = single(set).identity?.principalId ?? '';
    expect(made).not.toBe(replaces);
    expect(await set.call('repair', step)).toMatchObject({ target: 'noDrift', why: expect.stringContaining(made) });
    expect(mutations(set).filter((line) => !line.includes('/keys/'))).toEqual([`PATCH ${SINGLE}`]);
    await grant(set, made);
    await followThrough(set, await set.call('repair', revalidation(set.cloud, SINGLE)));
    expect(stateOf(set.cloud, SINGLE)).toBe('ready');
  });

  it('is given where it has none, as a restored one, and left alone where it has one', async () => {
    const set = await stage(ORDERS);
    expect(await set.call('repair', toSingle(set, SYSTEM))).toMatchObject({ target: 'noDrift' });
    delete single(set).identity;
    expect(await followThrough(set, await set.call('repair', toSingle(set, SYSTEM)))).toMatchObject({ kind: 'done' });
    expect(single(set).identity?.principalId).toEqual(expect.any(String));
  });

  it('can be no user-assigned one', async () => {
    const set = await stage(ORDERS);
    create(set, 'other');
    const step = toSingle(set, { identity: { kind: 'user', id: identityId('other') } });
    expect(await set.call('repair', step)).toMatchObject({ target: 'blocked' });
    expect(mutations(set)).toEqual([]);
  });
});

describe('the identity of a flexible server', () => {
  it('that was taken from it is put on it again, and nothing else changes', async () => {
    const set = await stage(ORDERS);
    const before = structuredClone(flexible(set));
    flexible(set).identities = {};
    await set.advance(HOUR);
    const { sent, ...read } = await set.call('repair', toFlexible(set));
    expect(read.tagged?.map(({ name }) => name)).toEqual(['web', pinnedVersion(set.cloud).kid, 'kv-orders']);
    await followThrough(set, { ...read, ...(sent && { sent }) });
    expect(flexible(set)).toMatchObject({ identities: before.identities, dataEncryption: before.dataEncryption });
    expect(await set.call('repair', toFlexible(set))).toMatchObject({ target: 'noDrift' });
    await followThrough(set, await set.call('repair', revalidation(set.cloud, FLEXIBLE)));
    expect(stateOf(set.cloud, FLEXIBLE)).toBe('ready');
    expect(mutations(set)).toEqual([`PATCH ${FLEXIBLE}`, `PATCH ${FLEXIBLE}`]);
  });

  it('that is gone is left to a human, with the command that makes another', async () => {
    const set = await stage(ORDERS);
    await sim(set.cloud, 'break/remove-identity', { server: 'web' });
    expect(await set.call('repair', toFlexible(set))).toMatchObject({
      target: 'blocked',
      why: expect.stringContaining('az identity create --resource-group data --name web-identity'),
    });
    expect(mutations(set)).toEqual([]);
  });

  it('that was made anew is assigned before it has access, so that it shows who needs it', async () => {
    const set = await stage(ORDERS);
    await sim(set.cloud, 'break/remove-identity', { server: 'web' });
    await set.advance(HOUR);
    create(set, 'web-identity');
    const principalId = set.cloud.world.entra.managedIdentity(identityId('web-identity'))?.objectId ?? '';
    await followThrough(set, await set.call('repair', toFlexible(set)));
    expect(await set.call('readConsumer', FLEXIBLE)).toMatchObject({
      value: [{ principalId: { kind: 'present', value: principalId } }],
    });
    await grant(set, principalId);
    await followThrough(set, await set.call('repair', revalidation(set.cloud, FLEXIBLE)));
    expect(stateOf(set.cloud, FLEXIBLE)).toBe('ready');
  });

  it('is another one where a person chose it and it may use the key; else all stays as it was', async () => {
    const set = await stage(ORDERS);
    create(set, 'other');
    const before = structuredClone(flexible(set).dataEncryption);
    const refused = await followThrough(set, await set.call('repair', toFlexible(set, 'other')));
    expect(refused).toMatchObject({ kind: 'blocked', why: expect.stringContaining('MissingPermissions') });
    expect(flexible(set).dataEncryption).toEqual(before);
    await grant(set, set.cloud.world.entra.managedIdentity(identityId('other'))?.objectId ?? '');
    await followThrough(set, await set.call('repair', toFlexible(set, 'other')));
    expect(flexible(set).dataEncryption?.primaryUserAssignedIdentityId).toBe(identityId('other'));
    expect(await set.call('repair', toFlexible(set, 'other'))).toMatchObject({ target: 'noDrift' });
  });
});

describe('the identity of a disk encryption set', () => {
  it('that was deleted in Entra is made anew by one PATCH, once', async () => {
    const set = await stage(DISKS);
    const replaces = setIn(set.cloud).identity.system?.principalId ?? '';
    await sim(set.cloud, 'break/remove-disk-identity', { set: 'disks' });
    const step = toSet(set, { ...SYSTEM, replaces });
    expect(await followThrough(set, await set.call('repair', step))).toMatchObject({ kind: 'done' });
    expect(setIn(set.cloud).identity.system?.principalId).not.toBe(replaces);
    expect(await set.call('repair', step)).toMatchObject({ target: 'noDrift' });
    expect(mutations(set)).toEqual([`PATCH ${SET}`]);
  });

  it('is given back where it has none, beside the user-assigned ones that it has', async () => {
    const set = await stage(DISKS);
    setIn(set.cloud).identity = { user: {} };
    set.cloud.world.entra.deleteIdentity(SET);
    await followThrough(set, await set.call('repair', toSet(set, SYSTEM)));
    expect(setIn(set.cloud).identity).toEqual({
      system: { principalId: expect.any(String), tenantId: set.cloud.world.entra.tenantId },
      user: {},
    });
  });

  it('is not taken from it for another one', async () => {
    const set = await stage(DISKS);
    create(set, 'other');
    const step = toSet(set, { identity: { kind: 'user', id: identityId('other') } });
    expect(await set.call('repair', step)).toMatchObject({
      target: 'blocked',
      why: expect.stringContaining('which is not taken from it'),
    });
    expect(mutations(set)).toEqual([]);
  });
});
