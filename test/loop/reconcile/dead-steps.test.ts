import { describe, expect, it } from '@jest/globals';
import { findDeadSteps } from '../../../src/loop/reconcile/dead-steps.ts';
import { emptyChain, type LedgerEntry, link } from '../../../src/remediation/protocol/ledger.ts';

const entry = (owner: string, kind: 'intent' | 'outcome'): LedgerEntry => ({
  id: `${owner}.${kind}`,
  at: '2026-01-01T00:00:00Z',
  kind,
  incident: 'one',
  step: 'extendKeyExpiry',
  stepId: 'a',
  target: 'key',
  detail: {},
  correlationIds: [],
  ...(kind === 'outcome' && { intent: `${owner}.intent`, outcome: 'done' }),
});

const found = async (entries: readonly LedgerEntry[], alive: readonly string[] = []) =>
  (await findDeadSteps(async (id) => alive.includes(id), link('key', emptyChain, entries))).map(({ owner }) => owner);

describe('a step that left an intent without an outcome', () => {
  it('is dead where its instance has ended', async () => {
    expect(await found([entry('one', 'intent'), entry('one', 'outcome'), entry('two', 'intent')])).toEqual(['two']);
  });

  it('is left alone while its instance lives', async () => {
    expect(await found([entry('one', 'intent'), entry('two', 'intent')], ['two'])).toEqual(['one']);
  });
});
