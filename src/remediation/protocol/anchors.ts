import type { Head, LedgerKind, LedgerRow } from './ledger.ts';

/**
 * What is kept of one row outside of the table, where the product may only add. `row`: a decision may rest on this row.
 * `checkpoint`: a reading may begin with it. `head`: it was the last one. `begin`: no row had an anchor before, and the
 * whole chain counts up to here as it was found.
 */
export type Anchor = Head & { readonly kind: 'row' | 'checkpoint' | 'head' | 'begin' };

const LAST = 9_999_999_999;
const NAME = /^(\d{10})\.([0-9a-f]{64})\.(row|checkpoint|head|begin)$/;

/** The anchor's name says all of it, so that a listing is enough. Numbers count down: a listing begins with the newest. */
export const anchorName = ({ seq, hash, kind }: Anchor): string =>
  `${String(LAST - seq).padStart(10, '0')}.${hash}.${kind}`;

/** The anchor of this name; `undefined` where the product gives no such name. */
export const parseAnchor = (name: string): Anchor | undefined => {
  const [, place, hash, kind] = NAME.exec(name) ?? [];
  return place === undefined || hash === undefined
    ? undefined
    : { seq: LAST - Number(place), hash, kind: kind as Anchor['kind'] };
};

/** What a decision may rest on, and the last word of an incident. */
const RESTED_ON: ReadonlySet<LedgerKind> = new Set([
  'baseline',
  'sighted',
  'approved',
  'rejected',
  'intent',
  'outcome',
  'closed',
]);

/** The anchors that these rows need as soon as they are entered. */
export const anchorsOf = (rows: readonly LedgerRow[]): readonly Anchor[] =>
  rows.flatMap(({ seq, hash, kind }): readonly Anchor[] => {
    if (kind === 'checkpoint') return [{ seq, hash, kind }];
    return RESTED_ON.has(kind) ? [{ seq, hash, kind: 'row' }] : [];
  });

/** The newest checkpoint: where a reading may begin. */
export const newestCheckpoint = (anchors: readonly Anchor[]): Anchor | undefined =>
  anchors
    .filter(({ kind }) => kind === 'checkpoint')
    .reduce<Anchor | undefined>((last, one) => (last === undefined || one.seq > last.seq ? one : last), undefined);

/**
 * The anchor by which a row was proven first: its own, or else the nearest of a later row, whose hash holds this one's too. `undefined`
 * where there is none yet.
 */
export const firstCovering = (anchors: readonly Anchor[], row: number): Anchor | undefined =>
  anchors
    .filter(({ seq }) => seq >= row)
    .reduce<Anchor | undefined>((first, one) => (first === undefined || one.seq < first.seq ? one : first), undefined);

/** How these anchors contradict the rows of a chain, of which those before the number `from` were not read. */
export const contradiction = (
  anchors: readonly Anchor[],
  rows: readonly LedgerRow[],
  from: number,
): { readonly seq: number; readonly fault: string } | undefined => {
  const hashes = new Map(rows.map(({ seq, hash }) => [seq, hash]));
  const end = rows.at(-1)?.seq;
  const wrong = anchors
    .filter(({ seq, hash }) => seq >= from && hashes.get(seq) !== hash)
    .toSorted((a, b) => a.seq - b.seq)[0];
  if (wrong === undefined) return undefined;
  const { seq } = wrong;
  if (end === undefined) return { seq, fault: `The chain is gone: an anchor knows its row ${seq}.` };
  return seq > end
    ? { seq, fault: `Rows were cut off: an anchor knows row ${seq}, and the chain ends with row ${end}.` }
    : { seq, fault: `Row ${seq} is not the one that was anchored.` };
};
