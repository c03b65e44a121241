import { describe, expect, it } from '@jest/globals';
import { stepsHeldBack } from '../../../page/model/held-back.ts';
import { mayDo } from '../../../page/model/may.ts';
import { STEP_RISKS } from '../../../page/model/step-risks.ts';
import { STEP_KINDS, STEPS } from '../../../src/remediation/steps/steps.ts';
import { down, line } from '../builders.ts';

const RULES = {
  mode: 'auto',
  autoReverse: 'recoverKey@*,enableKey@/subscriptions/s/resourceGroups/data',
  gaps: [],
} as const;

const wayOf = (rules: Parameters<typeof mayDo>[0], step: string) => mayDo(rules).find(({ kind }) => kind === step);

describe('What the product may do', () => {
  it('is told of every step, by the risk that the product itself decides by', () => {
    expect(STEP_RISKS).toEqual(Object.fromEntries(STEP_KINDS.map((kind) => [kind, STEPS[kind].risk])));
  });

  it('is by itself what only restores, and what the settings name, and only where they name it', () => {
    expect(wayOf(RULES, 'extendKeyExpiry')).toMatchObject({ way: 'byItself', scopes: [] });
    expect(wayOf(RULES, 'recoverKey')).toMatchObject({ way: 'byItself', scopes: [] });
    expect(wayOf(RULES, 'enableKey')).toMatchObject({
      way: 'byItself',
      scopes: ['/subscriptions/s/resourceGroups/data'],
    });
    expect(wayOf(RULES, 'grantKeyAccess')).toMatchObject({ way: 'asks' });
    expect(wayOf({ ...RULES, autoReverse: 'all' }, 'grantKeyAccess')).toMatchObject({ way: 'byItself', scopes: [] });
    expect(wayOf({ ...RULES, autoReverse: 'none' }, 'recoverKey')).toMatchObject({ way: 'asks' });
  });

  it('is never by itself what cannot be undone, whatever the settings name', () => {
    expect(wayOf({ ...RULES, autoReverse: 'all' }, 'startVirtualMachines')).toMatchObject({ way: 'asks' });
  });

  it('is nothing in observe, and nothing unasked in approve', () => {
    expect(new Set(mayDo({ ...RULES, mode: 'observe' }).map(({ way }) => way))).toEqual(new Set(['never']));
    expect(new Set(mayDo({ ...RULES, mode: 'approve' }).map(({ way }) => way))).toEqual(new Set(['asks']));
  });

  it('says at how many vaults the permission is lacking', () => {
    const gap = { vault: 'kv-a', step: 'recoverKey', canRepair: false };
    const gaps = [gap, gap, { ...gap, vault: 'kv-b' }, { ...gap, vault: 'kv-c', canRepair: null }];
    expect(wayOf({ ...RULES, gaps }, 'recoverKey')).toMatchObject({ lackingAt: 2 });
  });
});

describe('What an order holds back', () => {
  const plan = (kind: string, target: string) => ({ id: '0'.repeat(64), steps: [{ kind, target, verdict: 'ask' }] });
  const shared = { key: 'https://kv.vault.azure.net/keys/cmk', vault: 'kv' };
  const orders = down('orders', 0, { ...shared, plan: plan('extendKeyExpiry', shared.key) });
  const billing = down('billing', 0, { ...shared, plan: plan('revalidateConsumer', 'billing') });
  const other = down('other', 0, { plan: plan('recoverKey', 'other') });
  const kindsOf = (target: string | undefined) =>
    stepsHeldBack([orders, billing, other, line('well')], target).map(({ kind }) => kind);

  it('is the whole repair of the key, of whichever of its consumers the order is', () => {
    expect(kindsOf(orders.consumer?.id.toUpperCase())).toEqual(['extendKeyExpiry', 'revalidateConsumer']);
    expect(kindsOf(shared.key)).toEqual(['extendKeyExpiry', 'revalidateConsumer']);
  });

  it('is that of all keys of a vault, of all where it is about everything, and nothing where nothing is planned', () => {
    expect(kindsOf('kv')).toEqual(['extendKeyExpiry', 'revalidateConsumer']);
    expect(kindsOf(undefined)).toEqual(['extendKeyExpiry', 'revalidateConsumer', 'recoverKey']);
    expect(kindsOf('kv-well')).toEqual([]);
  });
});
