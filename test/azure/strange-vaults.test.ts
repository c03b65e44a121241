import { describe, expect, it } from 'vitest';
import type { WorldPlan } from '../../local/cloud/worlds/build-world.ts';
import { repeated } from '../run/exhaustive.ts';
import { stage } from './product.ts';

const VAULTS = ['kv-a', 'kv-b', 'kv-c'] as const;

const ESTATE: WorldPlan = {
  vaults: VAULTS.map((name) => ({ name, permissions: 'accessPolicies', keys: [{ name: 'cmk', expiresInDays: 90 }] })),
  servers: VAULTS.map((vault) => ({
    name: vault.replace('kv', 'of'),
    generation: 'single' as const,
    vault,
    key: 'cmk',
  })),
};

type Spoiling = { readonly put?: Record<string, unknown>; readonly leaveOut?: readonly string[] };

/** The product's view of the vaults of three keys when the list shows one of them, `kv-a`, in this form. */
const seenWhere = async (spoiling: Spoiling): Promise<Readonly<Record<string, { readonly kind: string }>>> => {
  const { call, cloud } = await stage(ESTATE);
  const { keys } = await call('listConsumers');
  cloud.faults.add({ route: 'GET *', kind: 'spoilt', rate: 1, of: '/vaults/kv-a', ...spoiling });
  const { observations } = await call(
    'observeKeys',
    keys.map(({ key, consumers }) => ({ key, consumers })),
  );
  return Object.fromEntries(observations.map(({ key, vault }) => [key.host.split('.')[0], vault]));
};

const seen = { kind: 'present' };
const strange = { kind: 'unknown', reason: expect.stringContaining('could not be understood') };

const STRANGE: readonly (readonly [string, Spoiling])[] = [
  ['permissions that are null', { put: { 'properties.accessPolicies': [{ permissions: null }] } }],
  ['access policies that are a word', { put: { 'properties.accessPolicies': 'Unheard' } }],
  ['no properties', { leaveOut: ['properties'] }],
  ['no host', { put: { 'properties.vaultUri': null } }],
  ['a host that is none', { put: { 'properties.vaultUri': 'Unheard' } }],
  ['rules of the network that are a number', { put: { 'properties.networkAcls': { ipRules: 5 } } }],
];

describe('A vault that is shown as nobody has heard of', () => {
  it('is unknown, and every other in the list is seen as before: it has no properties', async () => {
    expect(await seenWhere({ leaveOut: ['properties'] })).toMatchObject({
      'kv-a': strange,
      'kv-b': seen,
      'kv-c': seen,
    });
  });
  repeated.each(STRANGE)('is unknown, and every other is seen: it has %s', async (_what, spoiling) => {
    expect(await seenWhere(spoiling)).toMatchObject({ 'kv-a': strange, 'kv-b': seen, 'kv-c': seen });
  });
  it('and has no id is not taken for gone', async () => {
    expect(await seenWhere({ leaveOut: ['id'] })).toMatchObject({ 'kv-a': strange, 'kv-b': seen });
  });
  it('is seen where it has `null` for what it does not have', async () => {
    expect(await seenWhere({ put: { 'properties.accessPolicies': null } })).toMatchObject({
      'kv-a': seen,
      'kv-b': seen,
    });
  });
});

describe('A deleted vault that is shown as nobody has heard of', () => {
  /** The loss of two deleted vaults when the list has one of them, `kv-a`, in this form. */
  const lossWhere = async (spoiling: Spoiling) => {
    const set = await stage(ESTATE);
    const { keys } = await set.call('listConsumers');
    await set.call(
      'observeKeys',
      keys.map(({ key, consumers }) => ({ key, consumers })),
    );
    for (const name of ['kv-a', 'kv-b']) set.cloud.world.keyVault.deleteVault(name);
    await set.advance(60_000);
    set.cloud.faults.add({
      route: 'GET *deletedVaults',
      kind: 'spoilt',
      rate: 1,
      of: '/deletedVaults/kv-a',
      ...spoiling,
    });
    const { observations } = await set.call(
      'observeKeys',
      keys.map(({ key, consumers }) => ({ key, consumers })),
    );
    return Object.fromEntries(observations.map(({ key, vaultLoss }) => [key.host.split('.')[0], vaultLoss]));
  };
  const deleted = { kind: 'present', value: { kind: 'deleted' } };

  it.each([
    ['no properties', { leaveOut: ['properties'] }],
    ['a time that is none', { put: { 'properties.deletionDate': 'Unheard' } }],
    ['no id of the vault that it was', { put: { 'properties.vaultId': null } }],
  ] as const)('is unknown and not gone, and every other is deleted as before: it has %s', async (_what, spoiling) => {
    expect(await lossWhere(spoiling)).toMatchObject({ 'kv-a': strange, 'kv-b': deleted });
  });

  it('and has no name may be any: none that is missed is taken for gone', async () => {
    expect(await lossWhere({ leaveOut: ['name', 'id'] })).toMatchObject({ 'kv-a': strange, 'kv-b': deleted });
  });
});
