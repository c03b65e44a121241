import type { Head, LedgerKind, LedgerRow } from './ledger.ts';

/**
 * The copy of one row's hash outside the table, in a container where the product may only add. `row`: a decision may depend on
 * this row. `checkpoint`: a reading may begin with this row. `head`: this was the last row. `begin`: the chain had no anchor
 * before, and everything up to here counts as it was found.
 */
export type Anchor = Head & { readonly kind: 'row' | 'checkpoint' | 'head' | 'begin' };

const LAST = 9_999_999_999;
const NAME = /^(\d{10})\.([0-9a-f]{64})\.(row|checkpoint|head|begin)$/;

/**
 * The name of an anchor holds all its content, so that a listing is enough. Numbers count down, so that a listing begins with the
 * newest.
 */
export const anchorName = ({ seq, hash, kind }: Anchor): string =>
  `${String(LAST - seq).padStart(10, '0')}.${hash}.${kind}`;

/** The anchor of this name; `undefined` where the product gives no such name. */
export const parseAnchor = (name: string): Anchor | undefined => {
  const [, place, hash, kind] = NAME.exec(name) ?? [];
  return place === undefined || hash === undefined
    ? undefined
    : { seq: LAST - Number(place), hash, kind: kind as Anchor['kind'] };
};

/** The rows that a decision may depend on, and the last row of an incident. */
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

/** The newest checkpoint: a reading may begin there. */
export const newestCheckpoint = (anchors: readonly Anchor[]): Anchor | undefined =>
  anchors
    .filter(({ kind }) => kind === 'checkpoint')
    .reduce<Anchor | undefined>((last, one) => (last === undefined || one.seq > last.seq ? one : last), undefined);

/**
 * The first anchor that proves a row: its own, or else that of the next later row, whose hash covers this row too. `undefined`
 * where there is none yet.
 */
export const firstCovering = (anchors: readonly Anchor[], row: number): Anchor | undefined =>
  anchors
    .filter(({ seq }) => seq >= row)
    .reduce<Anchor | undefined>((first, one) => (first === undefined || one.seq < first.seq ? one : first), undefined);

/** How these anchors contradict the rows of a chain. Rows with a number below `from` were not read. */
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
