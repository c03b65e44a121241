import type { Json } from '../model/canonical.ts';
import { type Anchor, contradiction, newestCheckpoint } from './anchors.ts';
import { emptyChain, type Head, headOf, type LedgerRow, verifyChain } from './ledger.ts';

/**
 * How far a chain is believed. `entered`: its rows, as far as they still matter. `proven`: the rows that a decision may depend
 * on, since an anchor names them. A row that allows something must be proven; a row that forbids something need only be entered.
 * `fresh`: how many rows were read since the last checkpoint. A broken chain counts for nothing.
 */
export type Believed =
  | {
      readonly kind: 'whole';
      readonly head: Head;
      readonly entered: readonly LedgerRow[];
      readonly proven: readonly LedgerRow[];
      readonly fresh: number;
    }
  | { readonly kind: 'broken'; readonly seq: number; readonly fault: string };

export type Whole = Extract<Believed, { kind: 'whole' }>;

/** The content of a checkpoint: the rows before it that a decision may still depend on, shortened. */
const keptIn = (checkpoint: LedgerRow | undefined): readonly LedgerRow[] => {
  const detail = checkpoint?.detail as { readonly [name: string]: Json } | undefined;
  return (detail?.['kept'] ?? []) as unknown as readonly LedgerRow[];
};

const namedBy = (anchors: readonly Anchor[]): ((row: LedgerRow) => boolean) => {
  const named = new Set(anchors.flatMap(({ seq, hash, kind }) => (kind === 'row' ? [`${seq}.${hash}`] : [])));
  const begin = Math.max(0, ...anchors.flatMap(({ seq, kind }) => (kind === 'begin' ? [seq] : [])));
  return ({ seq, hash }) => seq <= begin || named.has(`${seq}.${hash}`);
};

/**
 * Judges the rows of a chain by its anchors. `rows`, oldest first: from the newest checkpoint that `anchors` name, or the whole
 * chain where they name none. `isBegun`: whether the product has written the anchors for all rows of older releases. Until then a
 * chain counts as it was found, unless an anchor contradicts it.
 */
export const believe = (
  chain: string,
  rows: readonly LedgerRow[],
  anchors: readonly Anchor[],
  isBegun: boolean,
): Believed => {
  const base = newestCheckpoint(anchors);
  const [first] = rows;
  const wrong = contradiction(anchors, rows, base?.seq ?? 1);
  const before = base === undefined ? emptyChain : { seq: base.seq - 1, hash: first?.prev ?? '' };
  const verification = verifyChain(chain, rows, before);
  // A fault in the chain itself says more about what happened than an anchor that disagrees with it.
  if (verification.kind === 'broken') return verification;
  if (wrong) return { kind: 'broken', ...wrong };
  const kept = base === undefined ? [] : keptIn(first);
  const proven = isBegun ? rows.filter(namedBy(anchors)) : rows;
  return {
    kind: 'whole',
    head: headOf(rows),
    entered: [...kept, ...rows],
    proven: [...kept, ...proven],
    fresh: rows.length,
  };
};

/** The rows that a decision may depend on: none where the chain is broken. */
export const provenIn = (believed: Believed): readonly LedgerRow[] =>
  believed.kind === 'whole' ? believed.proven : [];

/** All rows of the chain that still matter: none where the chain is broken. */
export const enteredIn = (believed: Believed): readonly LedgerRow[] =>
  believed.kind === 'whole' ? believed.entered : [];
