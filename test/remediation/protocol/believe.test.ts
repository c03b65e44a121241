import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Anchor, anchorName, parseAnchor } from '../../../src/remediation/protocol/anchors.ts';
import { type Believed, believe, provenIn } from '../../../src/remediation/protocol/believe.ts';
import { type LedgerEntry, type LedgerRow, link } from '../../../src/remediation/protocol/ledger.ts';
import { aChain, anEntry, CHAIN, forged } from '../../builders/chain.ts';

const KINDS = ['seen', 'decided', 'baseline', 'approved', 'intent', 'outcome', 'closed'] as const;

/** Any chain whose last entry may support a decision. */
const someEntries = fc
  .array(fc.constantFrom(...KINDS), { minLength: 1, maxLength: 12 })
  .map((kinds) =>
    [...kinds, 'closed' as const].map((kind, index) => anEntry(`e${index}`, { kind, detail: { index } })),
  );

const kinds = (believed: Believed) => provenIn(believed).map(({ kind }) => kind);
const read = (rows: readonly LedgerRow[], anchors: readonly Anchor[], isBegun = true) =>
  believe(CHAIN, rows, anchors, isBegun);

const at = fc.nat(20);
const without = (rows: readonly LedgerRow[], index: number) => rows.filter((_, one) => one !== index);

/** Every way to change one thing in existing rows, alone and with the whole chain hashed anew behind it. */
const TAMPERING: readonly [string, (rows: readonly LedgerRow[], index: number) => readonly LedgerRow[]][] = [
  ['changed', (rows, index) => rows.map((row, one) => (one === index ? { ...row, detail: { mallory: true } } : row))],
  ['deleted', without],
  ['inserted', (rows, index) => [...rows.slice(0, index), ...rows.slice(index, index + 1), ...rows.slice(index)]],
  ['truncated', (rows, index) => rows.slice(0, index)],
  ['exchanged', (rows, index) => [...rows.slice(index + 1), ...rows.slice(0, index + 1)]],
];

describe('A chain in which one thing was tampered with', () => {
  it.each(TAMPERING)('counts for nothing: a row %s, its hashes left as they were or made anew', (what, tamper) => {
    fc.assert(
      fc.property(someEntries, at, fc.boolean(), fc.boolean(), (entries, where, isRehashed, isBegun) => {
        const { rows, anchors } = aChain(entries);
        const tampered = tamper(rows, where % rows.length);
        // A row that is doubled keeps its id: the product itself would not enter it.
        const shown = isRehashed && what !== 'inserted' ? forged(tampered) : tampered;
        const changes = JSON.stringify(shown) !== JSON.stringify(rows);
        const believed = read(shown, anchors, isBegun);
        expect(believed.kind).toBe(changes ? 'broken' : 'whole');
        if (changes) expect(kinds(believed)).toEqual([]);
      }),
    );
  });

  it('counts for nothing with a row inserted by the rules of the chain, and what is behind it hashed anew', () => {
    fc.assert(
      fc.property(someEntries, at, (entries, where) => {
        const { rows, anchors } = aChain(entries);
        const index = where % rows.length;
        const extra = { ...rows[0], ...anEntry('mallory', { kind: 'baseline' }) } as LedgerRow;
        const shown = forged([...rows.slice(0, index), extra, ...rows.slice(index)]);
        expect(read(shown, anchors).kind).toBe('broken');
      }),
    );
  });

  it('is gone where no row is left', () => {
    const { anchors } = aChain([anEntry('a', { kind: 'baseline' })]);
    expect(read([], anchors)).toMatchObject({ kind: 'broken', fault: expect.stringContaining('The chain is gone') });
  });

  it('counts for nothing where it was copied from another key', () => {
    const { rows } = aChain([anEntry('a', { kind: 'baseline' })], 'https://contoso.vault.azure.net/keys/other');
    expect(read(rows, [])).toMatchObject({ kind: 'broken' });
    expect(read(forged(rows), aChain([anEntry('b', { kind: 'baseline' })]).anchors)).toMatchObject({ kind: 'broken' });
  });
});

describe('What was entered by the rules of the chain and has no anchor', () => {
  it('is there, and no decision rests on it', () => {
    fc.assert(
      fc.property(someEntries, fc.constantFrom(...KINDS), (entries, kind) => {
        const { rows, anchors } = aChain(entries);
        const [head] = rows.slice(-1);
        const mallory: LedgerEntry = anEntry('mallory', { kind });
        const shown = [...rows, ...link(CHAIN, head ?? { seq: 0, hash: '' }, [mallory])];
        const believed = read(shown, anchors);
        expect(believed).toMatchObject({ kind: 'whole' });
        expect(provenIn(believed).map(({ id }) => id)).not.toContain('mallory');
        expect(provenIn(believed)).toHaveLength(anchors.length);
      }),
    );
  });

  it('does not begin to count when a later row, or the head, gets an anchor', () => {
    const { rows } = aChain([
      anEntry('forged', { kind: 'baseline' }),
      anEntry('b', { kind: 'baseline' }),
      anEntry('c'),
    ]);
    const anchors = rows.slice(1).map(({ seq, hash }, index): Anchor => ({ seq, hash, kind: index ? 'head' : 'row' }));
    expect(provenIn(read(rows, anchors)).map(({ id }) => id)).toEqual(['b']);
  });

  it('counts where it is older than the anchors', () => {
    const { rows } = aChain([anEntry('a', { kind: 'baseline' }), anEntry('b', { kind: 'outcome' })]);
    expect(kinds(read(rows, [], false))).toEqual(['baseline', 'outcome']);
    const [first] = rows;
    const begin: Anchor = { seq: 1, hash: first?.hash ?? '', kind: 'begin' };
    expect(kinds(read(rows, [begin]))).toEqual(['baseline']);
  });
});

describe('The name of an anchor', () => {
  it('says all of it, and sorts the newest first', () => {
    const hash = 'a'.repeat(64);
    const some = [9, 10, 1_000_000].map((seq): Anchor => ({ seq, hash, kind: 'checkpoint' }));
    expect(some.map((anchor) => parseAnchor(anchorName(anchor)))).toEqual(some);
    expect(some.map(anchorName).toSorted()).toEqual(some.map(anchorName).toReversed());
    expect(parseAnchor('readme.txt')).toBeUndefined();
  });
});
