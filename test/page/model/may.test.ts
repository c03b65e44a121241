import { describe, expect, it } from 'vitest';
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
    const risks = Object.fromEntries(STEP_KINDS.map((kind) => [kind, STEPS[kind].risk]));
    expect(STEP_RISKS, 'page/model/step-risks.ts has to say what the product does').toEqual(risks);
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

describe('What an override holds back', () => {
  const key = 'https://kv.vault.azure.net/keys/cmk';
  const idOf = (name: string) => line(name).consumer?.id ?? '';
  const planned = (name: string, ...kinds: string[]) =>
    down(name, 0, {
      key,
      vault: 'kv',
      plan: {
        id: '0'.repeat(64),
        steps: kinds.map((kind) => ({
          kind,
          target: kind === 'revalidateConsumer' ? idOf(name) : key,
          verdict: 'ask',
        })),
      },
    });
  const orders = planned('orders', 'extendKeyExpiry', 'revalidateConsumer');
  const billing = planned('billing', 'revalidateConsumer');
  const held = (lines: Parameters<typeof stepsHeldBack>[0], target: string | undefined) =>
    stepsHeldBack(lines, target).map(({ kind, target: of }) => `${kind} ${of === key ? 'cmk' : of.split('/').at(-1)}`);
  const both = [orders, billing, line('well')];

  it('is all that is planned for the key, the vault, or everything', () => {
    const all = ['extendKeyExpiry cmk', 'revalidateConsumer orders', 'revalidateConsumer billing'];
    for (const target of [key, 'KV', undefined]) expect(held(both, target)).toEqual(all);
    expect(held(both, 'kv-well')).toEqual([]);
  });

  it('is of a consumer what is done to it alone, since the others who use the key still need it', () => {
    expect(held(both, idOf('orders').toUpperCase())).toEqual(['revalidateConsumer orders']);
    expect(held([orders], idOf('orders'))).toEqual(['extendKeyExpiry cmk', 'revalidateConsumer orders']);
  });

  it('is of a consumer also what would undo somebody’s act, which gives the key back to all', () => {
    const deleted = [planned('orders', 'recoverKey'), billing];
    expect(held(deleted, idOf('orders'))).toEqual(['recoverKey cmk']);
  });
});
