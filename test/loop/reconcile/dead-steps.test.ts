import { describe, expect, it } from 'vitest';
import { findDeadSteps } from '../../../src/loop/reconcile/dead-steps.ts';
import { anchorsOf } from '../../../src/remediation/protocol/anchors.ts';
import { believe } from '../../../src/remediation/protocol/believe.ts';
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
  (
    await findDeadSteps(async (id) => alive.includes(id), believe('key', link('key', emptyChain, entries), [], false))
  ).map(({ owner }) => owner);

describe('a step that left an intent without an outcome', () => {
  it('is dead where its instance has ended', async () => {
    expect(await found([entry('one', 'intent'), entry('one', 'outcome'), entry('two', 'intent')])).toEqual(['two']);
  });

  it('is nothing where no anchor knows of the intent: its outcome would get one', async () => {
    const rows = link('key', emptyChain, [entry('one', 'intent')]);
    const isAlive = async () => false;
    expect(await findDeadSteps(isAlive, believe('key', rows, [], true))).toEqual([]);
    expect(await findDeadSteps(isAlive, believe('key', rows, anchorsOf(rows), true))).toHaveLength(1);
  });

  it('is not entered twice where its outcome is there and no anchor knows of that', async () => {
    const rows = link('key', emptyChain, [entry('one', 'intent'), entry('one', 'outcome')]);
    const believed = believe('key', rows, anchorsOf(rows.slice(0, 1)), true);
    expect(await findDeadSteps(async () => false, believed)).toEqual([]);
  });

  it('is left alone while its instance lives', async () => {
    expect(await found([entry('one', 'intent'), entry('two', 'intent')], ['two'])).toEqual(['one']);
  });
});
