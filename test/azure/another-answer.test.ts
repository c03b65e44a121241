import { describe, expect, it } from 'vitest';
import { answerOf, keyAnswerOf } from '../../src/azure/http/another-answer.ts';
import { DISKS, SET, setIn } from './disks.ts';
import { FLEXIBLE, KEY, ORDERS, SINGLE } from './orders.ts';
import { SUBSCRIPTION, stage } from './product.ts';

const ELSEWHERE = '/subscriptions/99999999-0000-0000-0000-000000000000/resourceGroups/theirs';

/** From now on, a read of one id is answered with another id. */
const renamed = (resource: unknown, id: string): void => {
  Object.defineProperty(resource, 'id', { value: id, enumerable: true });
};

describe('An answer of Azure', () => {
  it.each([
    ['in another casing', SET, { id: SET.toUpperCase() }],
    ['without an id', SET, { name: 'disks' }],
    ['that is none', SET, undefined],
    ['with a doubled slash', SET, { id: SET.replace('/providers', '//providers') }],
    [
      'about a role, wherever it was asked for',
      `${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/r`,
      { id: `${ELSEWHERE}/providers/Microsoft.Authorization/roleDefinitions/r` },
    ],
    ['to what is no resource', `${SUBSCRIPTION}/providers/a/b/c/instanceView`, { id: SET }],
  ])('is believed %s', (_what, asked, answer) => {
    expect(answerOf(asked, answer)).toBe(answer);
  });
  it.each([
    ['another resource', `${SET}-2`],
    ['what lies in it', `${SET}/b/c`],
    ['the same name in another group', SET.replace('/data/', '/theirs/')],
    ['what is no id', 'disks'],
  ])('is none where it is about %s', (_what, id) => {
    expect(() => answerOf(SET, { id })).toThrow(/is not looked at/);
  });
  it('about a key is none where it names another key, another version or another vault', () => {
    const kid = 'https://kv-1.vault.azure.net/keys/cmk/0123';
    for (const asked of [kid, 'https://kv-1.vault.azure.net/keys/cmk'])
      expect(keyAnswerOf(asked, { kid })).toEqual({ kid });
    for (const other of [kid.replace('cmk', 'other'), kid.replace('0123', '4567'), kid.replace('kv-1', 'kv-2'), 'cmk'])
      expect(() => keyAnswerOf(kid, { kid: other })).toThrow(/is not looked at/);
  });
});

const notLookedAt = { kind: 'unknown', reason: expect.stringContaining('is not looked at') };

describe('What answers with the id of another resource is unknown:', () => {
  it('a disk encryption set, read and listed', async () => {
    const { call, cloud } = await stage(DISKS);
    renamed(setIn(cloud), `${ELSEWHERE}/providers/Microsoft.Compute/diskEncryptionSets/disks`);
    expect(await call('readConsumer', SET)).toEqual(notLookedAt);
    const { keys, unreadable } = await call('listConsumers');
    expect(keys).toEqual([]);
    expect(unreadable).toMatchObject([{ id: expect.stringContaining(ELSEWHERE), namesNoKey: true }]);
  });
  it.each([
    ['single', SINGLE],
    ['flexible', FLEXIBLE],
  ])('a %s server', async (_what, id) => {
    const { call, cloud } = await stage(ORDERS);
    renamed(cloud.world.mysql.servers.get(id), id.replace('/data/', '/theirs/'));
    expect(await call('readConsumer', id)).toEqual(notLookedAt);
  });
  it('a vault, in a list', async () => {
    const { call, cloud } = await stage(ORDERS);
    renamed(cloud.world.keyVault.vault('kv-orders'), `${ELSEWHERE}/providers/Microsoft.KeyVault/vaults/kv-orders`);
    expect((await call('observeKey', KEY)).vault).toMatchObject({ kind: 'unknown' });
  });
  it('a version of a key', async () => {
    const { call, cloud } = await stage(ORDERS);
    const version = cloud.world.keyVault.key('kv-orders', 'cmk')?.versions[0];
    Object.assign(version ?? {}, { kid: version?.kid.replace('/cmk/', '/other/') });
    const { versions } = await call('observeKey', KEY);
    expect(Object.values(versions)).toEqual([notLookedAt]);
  });
});
