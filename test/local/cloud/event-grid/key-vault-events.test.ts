import { describe, expect, it } from 'vitest';
import { DAY, MINUTE, SECOND, VAULT } from '../key-vault/vault-cloud.ts';
import { aSubscribedVault, aWebhook, EXPIRED, NEAR, NEW, POLICY } from './grid.ts';

/** The types are sorted: events of one instant come over a socket each, in any order. */
const types = (events: Record<string, unknown>[]) => events.map(({ eventType }) => eventType).toSorted();

describe('the events of a vault', () => {
  it('tell of a new version, its near expiry and its expiry, each at its time', async () => {
    const { keys, receiver, advance, later } = await aSubscribedVault();
    const [made, near, over] = [later(0), later(10 * DAY), later(40 * DAY)];
    const { id, properties } = await keys.createRsaKey('cmk', { expiresOn: over });
    await advance(50 * DAY);
    expect(receiver.events().map(({ eventType, eventTime }) => [eventType, new Date(String(eventTime))])).toEqual([
      [NEW, made],
      [NEAR, near],
      [EXPIRED, over],
    ]);
    expect(JSON.stringify(receiver.events())).toContain(id);
    expect(JSON.stringify(receiver.events())).toContain(properties.version);
  });

  it('come before expiry as early as the rotation policy says', async () => {
    const { keys, receiver, advance, later } = await aSubscribedVault();
    await keys.createRsaKey('cmk', { expiresOn: later(40 * DAY) });
    const notify = { action: 'Notify' as const, timeBeforeExpiry: 'P7D' };
    await keys.updateKeyRotationPolicy('cmk', { lifetimeActions: [notify] });
    await advance(34 * DAY);
    expect(receiver.events().map(({ eventType, eventTime }) => [eventType, new Date(String(eventTime))])).toEqual([
      [NEW, later(-34 * DAY)],
      [NEAR, later(-DAY)],
    ]);
  });

  it('never tell of an old version that expires, though a server may pin it', async () => {
    const { world, receiver, advance, later } = await aSubscribedVault();
    const pinned = world.keyVault.createKey(VAULT, 'cmk');
    world.keyVault.createKey(VAULT, 'cmk');
    world.keyVault.setAttributes(VAULT, 'cmk', pinned.version, { exp: later(DAY).getTime() / SECOND });
    await advance(2 * DAY);
    expect(types(receiver.events())).toEqual([NEW, NEW]);
  });

  it('never tell of the expiry of a version that was there before anybody subscribed', async () => {
    const { world, receiver, subscribe, advance, later } = await aWebhook();
    world.keyVault.createKey(VAULT, 'cmk', { exp: later(40 * DAY).getTime() / SECOND });
    await advance(MINUTE);
    await subscribe();
    await advance(50 * DAY);
    expect(receiver.events()).toEqual([]);
    world.keyVault.createKey(VAULT, 'cmk', { exp: later(DAY).getTime() / SECOND });
    await advance(2 * DAY);
    expect(types(receiver.events())).toEqual([EXPIRED, NEAR, NEW]);
  });

  it('tell of it when the world began with the subscription', async () => {
    const { world, receiver, subscribe, advance, later } = await aWebhook();
    const since = later(0).getTime();
    await advance(MINUTE);
    world.keyVault.createKey(VAULT, 'cmk', { exp: later(DAY).getTime() / SECOND });
    await advance(MINUTE);
    await subscribe({ since });
    await advance(2 * DAY);
    expect(types(receiver.events())).toEqual([EXPIRED]);
  });

  it('tell of the expiry of a disabled key as well', async () => {
    const { keys, receiver, advance, later } = await aSubscribedVault();
    await keys.createRsaKey('cmk', { enabled: false, expiresOn: later(DAY) });
    await advance(2 * DAY);
    expect(types(receiver.events())).toEqual([EXPIRED, NEAR, NEW]);
  });

  it('say nothing of deletion, recovery, disabling and changed attributes', async () => {
    const { keys, receiver, advance, later } = await aSubscribedVault();
    await keys.createRsaKey('cmk');
    await advance(MINUTE);
    await keys.updateKeyProperties('cmk', { enabled: false, expiresOn: later(365 * DAY) });
    await keys.beginDeleteKey('cmk');
    await advance(MINUTE);
    await keys.beginRecoverDeletedKey('cmk');
    await advance(MINUTE);
    expect(types(receiver.events())).toEqual([NEW]);
  });

  it('tell of changed access policies and of a changed permission model, under the name of the vault', async () => {
    const { world, vault, officer, receiver, advance } = await aSubscribedVault();
    const policy = { tenantId: vault.tenantId, objectId: officer.objectId, permissions: { keys: ['get'] } };
    world.keyVault.changePolicies(VAULT, 'replace', [policy]);
    world.keyVault.changePolicies(VAULT, 'add', [policy]);
    world.keyVault.updateVault(VAULT, { rbac: true });
    world.rbac.assign({ scope: vault.id, role: 'Key Vault Reader', principalId: officer.objectId });
    await advance(MINUTE);
    expect(types(receiver.events())).toEqual([POLICY, POLICY]);
    expect(receiver.events()[0]).toMatchObject({
      topic: vault.id,
      subject: VAULT,
      data: { VaultName: VAULT, ObjectType: 'Vault', NBF: null, EXP: null },
    });
  });

  it('reach only those who asked for their type and subject', async () => {
    const filter = { includedEventTypes: [NEW], subjectBeginsWith: 'CMK-' };
    const { world, vault, officer, receiver, advance } = await aSubscribedVault({ subscription: { filter } });
    world.keyVault.createKey(VAULT, 'cmk-orders');
    world.keyVault.createKey(VAULT, 'other');
    const policy = { tenantId: vault.tenantId, objectId: officer.objectId, permissions: {} };
    world.keyVault.changePolicies(VAULT, 'remove', [policy]);
    await advance(MINUTE);
    expect(receiver.events().map(({ subject }) => subject)).toEqual(['cmk-orders']);
  });

  it('end with the vault', async () => {
    const { world, vault, receiver, advance } = await aSubscribedVault();
    world.keyVault.createKey(VAULT, 'cmk');
    world.keyVault.deleteVault(VAULT);
    await advance(MINUTE);
    expect(receiver.events()).toEqual([]);
    expect(receiver.received.at(-1)?.headers['aeg-event-type']).toBe('SubscriptionDeletion');
    expect(world.eventGrid.subscriptions().filter(({ scope }) => scope === vault.id)).toEqual([]);
  });
});
