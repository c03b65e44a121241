import { describe, expect, it } from 'vitest';
import { doubtsOf } from '../../../src/loop/memory/doubts.ts';
import { baselineDetail } from '../../../src/loop/memory/known.ts';
import type { ApprovalRow } from '../../../src/remediation/protocol/approval.ts';
import { believe } from '../../../src/remediation/protocol/believe.ts';
import type { AskedPlan, KeyState } from '../../../src/store/key-state.ts';
import { aChain, anEntry, CHAIN } from '../../builders/chain.ts';
import { aRejectionOf } from '../../builders/policy.ts';

const SNAPSHOT = { vault: { id: '/v' }, consumers: [] };
const approval = { planId: 'plan', by: 'eve' } as ApprovalRow;
const state = (changes: Partial<KeyState> = {}): KeyState =>
  ({ keyId: CHAIN, approvals: [], rejections: [], asked: [], baseline: SNAPSHOT, ...changes }) as unknown as KeyState;
const { rows, anchors } = aChain([anEntry('b', { kind: 'baseline', detail: baselineDetail(SNAPSHOT) })]);
const whole = believe(CHAIN, rows, anchors, true);

describe('What people read of what is kept of a key', () => {
  it('is nothing where all of it is proven, or there is none', () => {
    expect(doubtsOf(state(), state(), whole)).toEqual([]);
    expect(doubtsOf(state({ baseline: undefined }), state(), believe(CHAIN, [], [], true))).toEqual([]);
  });

  it('names a healthy state that the ledger does not prove, and an approval that no door has heard', () => {
    const forged = state({ baseline: { ...SNAPSHOT, consumers: ['mallory'] }, approvals: [approval] });
    expect(doubtsOf(forged, state(), whole)).toEqual([
      expect.stringContaining('not proven by the ledger'),
      expect.stringContaining('in the name of eve was given at no door'),
    ]);
  });

  it('names a rejection that no door has heard', () => {
    const forged = state({ rejections: [aRejectionOf([], { planId: 'plan', name: 'eve' })] });
    expect(doubtsOf(forged, state(), whole)).toEqual([
      'A rejection of plan in the name of eve was given at no door: it counts for nothing.',
    ]);
  });

  it('names a plan that is kept otherwise than it was asked', () => {
    const changed = state({ asked: [{ planId: 'plan' } as AskedPlan] });
    expect(doubtsOf(changed, state(), whole)).toEqual([expect.stringContaining('the plan plan is not what was asked')]);
  });

  it('names what is broken in a ledger, and that nothing is done', () => {
    const [doubt] = doubtsOf(state(), state(), believe(CHAIN, [], anchors, true));
    expect(doubt).toMatch(/The chain is gone.*nothing is repaired on it/);
  });
});
