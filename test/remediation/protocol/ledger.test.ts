import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  emptyChain,
  headOf,
  type LedgerEntry,
  type LedgerRow,
  link,
  openIntents,
  verifyChain,
} from '../../../src/remediation/protocol/ledger.ts';
import { explore } from './explore.ts';
import { type LedgerRules, ledgerModel, ledgerRules } from './ledger-model.ts';

const entry = (id: string, more: Partial<LedgerEntry> = {}): LedgerEntry => ({
  id,
  at: '2026-01-01T00:00:00.000Z',
  kind: 'seen',
  detail: { state: 'Inaccessible' },
  correlationIds: [],
  ...more,
});

const chainOf = (...ids: string[]): readonly LedgerRow[] =>
  link(
    'key',
    emptyChain,
    ids.map((id) => entry(id)),
  );

describe('a chain', () => {
  it('is intact as it was written, in one append or in several', () => {
    const first = chainOf('a', 'b');
    const rows = [...first, ...link('key', headOf(first), [entry('c')])];
    expect(rows).toEqual(chainOf('a', 'b', 'c'));
    expect(verifyChain('key', rows)).toEqual({ kind: 'intact', head: headOf(rows) });
  });

  it('shows any change of any row', () => {
    const change = fc.record({
      index: fc.nat(4),
      with: fc.constantFrom<Partial<LedgerRow>>(
        { detail: { state: 'Ready' } },
        { at: '2026-01-02T00:00:00.000Z' },
        { kind: 'approved' },
        { correlationIds: ['x'] },
        { hash: '0' },
        { prev: '0' },
        { seq: 9 },
        { chain: 'other' },
        { outcome: 'done' },
      ),
    });
    fc.assert(
      fc.property(change, ({ index, with: changed }) => {
        const rows = chainOf('a', 'b', 'c', 'd', 'e').map((row, at) => (at === index ? { ...row, ...changed } : row));
        expect(verifyChain('key', rows).kind).toBe('broken');
      }),
    );
  });

  it.each([
    ['a row taken out', (rows: readonly LedgerRow[]) => rows.filter(({ id }) => id !== 'b'), 'rows are missing'],
    ['two rows exchanged', ([a, b, c]: readonly LedgerRow[]) => [b, a, c], 'rows are missing'],
    ['its beginning cut off', (rows: readonly LedgerRow[]) => rows.slice(1), 'rows are missing'],
    ['an entry repeated', () => chainOf('a', 'b', 'a'), 'repeats the entry a'],
  ])('shows %s', (_what, tamper, fault) => {
    const verification = verifyChain('key', tamper(chainOf('a', 'b', 'c')) as LedgerRow[]);
    expect(verification).toMatchObject({ kind: 'broken', fault: expect.stringContaining(fault) });
  });

  it('tells the intents that have no outcome', () => {
    const rows = link('key', emptyChain, [
      entry('1', { kind: 'intent' }),
      entry('2', { kind: 'outcome', intent: '1', outcome: 'done' }),
      entry('3', { kind: 'intent' }),
    ]);
    expect(openIntents(rows).map(({ id }) => id)).toEqual(['3']);
  });
});

describe('two writers of one chain', () => {
  it('lose nothing and repeat nothing, however often their appends are run again', () => {
    const { states, violation } = explore(ledgerModel(1));
    expect(violation).toBeUndefined();
    expect(states).toBeGreaterThan(1_000);
  });
});

describe('two writers of one chain harm it when', () => {
  const weakened = (changes: Partial<LedgerRules>) =>
    explore(ledgerModel(1, { ...ledgerRules, ...changes })).violation?.what;

  it('an append whose number is taken throws until its retries end', () => {
    expect(weakened({ whenTaken: 'throws' })).toMatch(/is lost/);
  });

  it('a taken number is taken for success', () => {
    expect(weakened({ whenTaken: 'succeeds' })).toMatch(/is lost|rows are missing/);
  });

  it('a retry looks for its entries only behind the newest head', () => {
    expect(weakened({ from: 'headWhenRetried' })).toMatch(/repeats the entry/);
  });

  it('an append does not look for its own entries', () => {
    expect(weakened({ unwritten: (entries) => entries })).toMatch(/repeats the entry/);
  });
});
