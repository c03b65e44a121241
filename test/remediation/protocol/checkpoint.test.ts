import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/remediation/model/canonical.ts';
import { type Anchor, anchorsOf, newestCheckpoint } from '../../../src/remediation/protocol/anchors.ts';
import { type Believed, believe, enteredIn, provenIn, type Whole } from '../../../src/remediation/protocol/believe.ts';
import { CHECKPOINT_EVERY, checkpointOf, type Present } from '../../../src/remediation/protocol/checkpoint.ts';
import {
  headOf,
  type LedgerEntry,
  type LedgerRow,
  link,
  openIntents,
  unwritten,
} from '../../../src/remediation/protocol/ledger.ts';
import { anEntry, CHAIN } from '../../builders/chain.ts';

const PRESENT: Present = { now: new Date('2026-01-10T00:00:00Z'), incident: 'now', said: new Set(['said']) };
const LONG_AGO = '2026-01-01T00:00:00.000Z';
const TODAY = '2026-01-09T12:00:00.000Z';

const asWhole = (believed: Believed): Whole => {
  if (believed.kind === 'broken') throw new Error(believed.fault);
  return believed;
};

type Kept = { readonly rows: readonly LedgerRow[]; readonly anchors: readonly Anchor[] };
const nothing: Kept = { rows: [], anchors: [] };

const enter = ({ rows, anchors }: Kept, entries: readonly LedgerEntry[]): Kept => {
  const added = link(CHAIN, headOf(rows), entries);
  return { rows: [...rows, ...added], anchors: [...anchors, ...anchorsOf(added)] };
};

/** The chain as the product reads it, and the number of rows that it reads. */
const read = ({ rows, anchors }: Kept): Whole => {
  const from = newestCheckpoint(anchors)?.seq ?? 1;
  return asWhole(
    believe(
      CHAIN,
      rows.filter(({ seq }) => seq >= from),
      anchors,
      true,
    ),
  );
};

const withCheckpoint = (kept: Kept, id: string): Kept => {
  const detail = checkpointOf(read(kept), PRESENT);
  return detail === undefined ? kept : enter(kept, [anEntry(id, { kind: 'checkpoint', detail })]);
};

const fill = (from: number, count: number): readonly LedgerEntry[] =>
  Array.from({ length: count }, (_, index) => anEntry(`filler-${from + index}`, { at: LONG_AGO }));

const step = (id: string, changes: Partial<LedgerEntry>) =>
  anEntry(id, { step: 'recoverVault', stepId: 's', target: '/v', ...changes });

/** All facts that decisions need from a chain, for any incident. */
const answers = (believed: Whole) => ({
  baseline: provenIn(believed).findLast(({ kind }) => kind === 'baseline')?.hash,
  done: provenIn(believed)
    .filter((row) => row.kind === 'outcome' && (row.incident === 'now' || row.at === TODAY))
    .map(({ hash }) => hash),
  open: openIntents(enteredIn(believed)).map(({ id }) => id),
  unsaid: unwritten([anEntry('said')], enteredIn(believed)).length,
});

const ACTS: readonly LedgerEntry[] = [
  anEntry('b', { kind: 'baseline', detail: { sha256: 'b', baseline: { much: 'x' } as Json } }),
  step('i1', { kind: 'intent', incident: 'now', at: LONG_AGO }),
  step('o1', { kind: 'outcome', incident: 'now', at: LONG_AGO, outcome: 'done', intent: 'i1' }),
  step('o2', { kind: 'outcome', incident: 'before', at: TODAY, outcome: 'done' }),
  step('o3', { kind: 'outcome', incident: 'before', at: LONG_AGO, outcome: 'done' }),
  step('i4', { kind: 'intent', incident: 'before', at: LONG_AGO }),
  anEntry('said', { kind: 'requested' }),
];

describe('A checkpoint', () => {
  it('answers all that decisions ask as the whole chain does, however often one was made', () => {
    const acts = fc.shuffledSubarray([...ACTS]).map((some) => some.map((one, index) => ({ at: index, one })));
    fc.assert(
      fc.property(acts, fc.nat(60), (some, offset) => {
        let kept = nothing;
        for (let round = 0; round < 4; round++) {
          kept = enter(kept, fill(round * 1_000, 60 + offset));
          kept = enter(
            kept,
            some.filter(({ at }) => at % 4 === round).map(({ one }) => one),
          );
          kept = withCheckpoint(kept, `c${round}`);
        }
        const whole = asWhole(
          believe(
            CHAIN,
            kept.rows,
            kept.anchors.filter(({ kind }) => kind !== 'checkpoint'),
            true,
          ),
        );
        expect(answers(read(kept))).toEqual(answers(whole));
      }),
      { numRuns: 12 },
    );
  });

  it('lets a chain of any length be read in as few rows as a short one', () => {
    let kept = nothing;
    for (let round = 0; round < 40; round++) kept = withCheckpoint(enter(kept, fill(round * 60, 60)), `c${round}`);
    expect(kept.rows.length).toBeGreaterThan(2_400);
    expect(read(kept).fresh).toBeLessThan(CHECKPOINT_EVERY + 60);
  });

  it('holds nothing of what nobody has anchored', () => {
    const kept = enter(nothing, fill(0, 120));
    const forgedRow = link(CHAIN, headOf(kept.rows), [ACTS[0], ACTS[2]] as LedgerEntry[]);
    const after = withCheckpoint({ ...kept, rows: [...kept.rows, ...forgedRow] }, 'c');
    expect(after.rows.at(-1)?.detail).toEqual({ kept: [] });
  });

  it('keeps no more of a baseline than its hash', () => {
    const after = withCheckpoint(enter(enter(nothing, ACTS), fill(0, 120)), 'c');
    expect(JSON.stringify(after.rows.at(-1)?.detail)).not.toContain('much');
  });

  it('keeps of every right what was last told of it, however long ago', () => {
    const sighted = (id: string, has: readonly string[], lacks: readonly string[]) =>
      anEntry(id, { kind: 'sighted', at: LONG_AGO, detail: { has, lacks } });
    const looks = [
      sighted('1', ['key p1'], []),
      sighted('2', [], ['key p1']),
      sighted('3', [], ['key p2']),
      sighted('4', ['key p2'], []),
      sighted('5', ['key p3'], []),
    ];
    const after = withCheckpoint(enter(enter(nothing, looks), fill(0, 120)), 'c');
    expect(provenIn(read(after)).flatMap(({ kind, id }) => (kind === 'sighted' ? [id] : []))).toEqual(['2', '4', '5']);
  });

  it('counts for nothing where it was changed, and the chain with it', () => {
    const after = withCheckpoint(enter(nothing, fill(0, 120)), 'c');
    const [row] = after.rows.slice(-1);
    const changed = link(CHAIN, { seq: 120, hash: row?.prev ?? '' }, [
      anEntry('c', { kind: 'checkpoint', detail: { kept: [ACTS[0]] as unknown as Json } }),
    ]);
    expect(believe(CHAIN, changed, after.anchors, true)).toMatchObject({ kind: 'broken' });
    expect(believe(CHAIN, [], after.anchors, true)).toMatchObject({ kind: 'broken' });
    expect(believe(CHAIN, changed, [], true).kind).toBe('broken');
  });

  it('is not made while few rows are read, nor of more than fits into a row', () => {
    expect(checkpointOf(read(enter(nothing, fill(0, CHECKPOINT_EVERY - 1))), PRESENT)).toBeUndefined();
    const many = Array.from({ length: 2_000 }, (_, index) =>
      step(`o${index}`, { kind: 'outcome', incident: 'now', outcome: 'blocked' }),
    );
    expect(checkpointOf(read(enter(nothing, many)), PRESENT)).toBeUndefined();
  });
});
