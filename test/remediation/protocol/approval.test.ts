import { describe, expect, it } from 'vitest';
import type { Approval } from '../../../src/remediation/model/records.ts';
import {
  type ApprovalRow,
  isApproved,
  isPartOf,
  standingSteps,
  useUp,
  withoutUsed,
} from '../../../src/remediation/protocol/approval.ts';
import type { LedgerEntry } from '../../../src/remediation/protocol/ledger.ts';
import { aChain, anEntry } from '../../builders/chain.ts';
import { type ApprovalRules, approvalModel, approvalRules } from './approval-model.ts';
import { explore } from './explore.ts';

const given: ApprovalRow = {
  incident: 'one',
  planId: 'plan',
  stepIds: ['recover', 'revalidate'],
  by: 'ada',
  at: '2026-01-01T00:00:00.000Z',
  expires: '2026-01-02T00:00:00.000Z',
  used: [],
};
const today = '2026-01-01T12:00:00.000Z';

describe('an approval', () => {
  it('allows its steps, in its incident, until it expires', () => {
    expect(standingSteps(given, 'one', today)).toEqual(['recover', 'revalidate']);
    expect(standingSteps(given, 'two', today)).toEqual([]);
    expect(standingSteps(given, 'one', given.expires)).toEqual([]);
  });

  it('allows a step once', () => {
    const used = useUp(given, 'recover') ?? given;
    expect(isApproved([used], { stepId: 'recover', incident: 'one' }, today)).toBe(false);
    expect(isApproved([used], { stepId: 'revalidate', incident: 'one' }, today)).toBe(true);
  });

  it('counts anew when a person approves the same step again', () => {
    const used = useUp(given, 'recover') ?? given;
    expect(isApproved([used, given], { stepId: 'recover', incident: 'one' }, today)).toBe(true);
  });

  it('is not changed by a step that it does not name', () => {
    expect(useUp(given, 'grant')).toBeUndefined();
  });

  it('of a plan covers what is a part of that plan', () => {
    expect(isPartOf(['revalidate'], given.stepIds)).toBe(true);
    expect(isPartOf(['revalidate', 'grant'], given.stepIds)).toBe(false);
  });
});

const bounds = { deletions: 2, crashes: 1 };

describe('a run among people', () => {
  it('never writes after a pause, nor undoes a second deletion by the first approval', () => {
    const { states, violation } = explore(approvalModel(bounds));
    expect(violation).toBeUndefined();
    expect(states).toBeGreaterThan(1_000);
  });
});

describe('a person is overruled when', () => {
  const weakened = (changes: Partial<ApprovalRules>) =>
    explore(approvalModel(bounds, { ...approvalRules, ...changes })).violation?.what;
  const undone = 'a deliberate deletion is undone by an old approval';

  it('pause and approval are not read again right before the write', () => {
    expect(weakened({ readsBeforeWriting: 'nothing' })).toBe('a write after a pause');
  });

  it('an approval is not used up', () => {
    expect(weakened({ useUp: () => undefined })).toBe(undone);
  });

  it('an approval outlives its incident', () => {
    const anyIncident: ApprovalRules['isApproved'] = (rows, step, now) =>
      rows.some((row) => standingSteps(row, row.incident, now).includes(step.stepId));
    expect(weakened({ isApproved: anyIncident })).toBe(undone);
  });

  it('a run that died between its write and its outcome leaves the approval standing', () => {
    expect(weakened({ deadIntents: 'areForgotten' })).toBe(undone);
  });
});

describe('An approval whose row says that it is not used up', () => {
  const approval: Approval = {
    incident: 'one',
    planId: 'plan',
    stepIds: ['a', 'b'],
    by: 'ada',
    at: '2026-01-01T00:10:00Z',
    expires: '2026-01-02T00:00:00Z',
  };
  const ended = (changes: Partial<LedgerEntry>) => {
    const at = '2026-01-01T00:20:00Z';
    const entry = anEntry('o', { kind: 'outcome', outcome: 'done', incident: 'one', stepId: 'a', at, ...changes });
    return withoutUsed([approval], aChain([entry]).rows).map(({ stepIds }) => stepIds);
  };

  it('allows no step that has ended since, as the ledger tells', () => {
    expect(ended({})).toEqual([['b']]);
    expect(ended({ outcome: 'unknown' })).toEqual([['b']]);
  });

  it('allows what was refused, what was done before, and what was done in another incident', () => {
    for (const other of [{ outcome: 'blocked' }, { at: '2026-01-01T00:00:00Z' }, { incident: 'two' }] as const)
      expect(ended(other)).toEqual([['a', 'b']]);
  });
});
