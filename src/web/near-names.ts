/** So many slips of the hand make another name of one that was meant. */
const SLIPS = 2;

/** So many are named in an answer. */
const SHOWN = 20;

/** A longer name than Azure allows is compared with nothing. */
const LONGEST = 260;

/**
 * One row of the table of edit distances, from the one before it, where only what lies within `SLIPS` of the diagonal matters: the time
 * grows with the length of a name and not with its square.
 */
const nextRow = (before: readonly number[], sign: string | undefined, other: string, at: number): number[] => {
  const row: number[] = [];
  for (let to = Math.max(0, at - SLIPS); to <= Math.min(other.length, at + SLIPS); to += 1) {
    const far = SLIPS + 1;
    const [gone, added] = [(before[to] ?? far) + 1, (row[to - 1] ?? far) + 1];
    const changed = to === 0 ? far : (before[to - 1] ?? far) + (sign === other[to - 1] ? 0 : 1);
    row[to] = to === 0 ? at : Math.min(gone, added, changed);
  }
  return row;
};

const slipsIn = (one: string, other: string): number => {
  if (Math.abs(one.length - other.length) > SLIPS) return SLIPS + 1;
  let row = Array.from({ length: Math.min(other.length, SLIPS) + 1 }, (_, to) => to);
  for (let at = 1; at <= one.length; at += 1) row = nextRow(row, one[at - 1], other, at);
  return row[other.length] ?? SLIPS + 1;
};

const isPartOf = (part: string, whole: string): boolean => part.length > 2 && whole.includes(part);

/**
 * How far a name is from what was sent, both lower-cased; `undefined` where it was not meant: it is neither a part of that, of three
 * signs at least, nor that of it, nor it with a slip for each three of its signs, two at most.
 */
const distance = (name: string, wish: string): number | undefined => {
  const slips = slipsIn(wish, name);
  if (slips <= Math.min(SLIPS, name.length / 3)) return slips;
  return isPartOf(name, wish) || isPartOf(wish, name) ? SLIPS + Math.abs(name.length - wish.length) : undefined;
};

/** Those of the names that may have been meant, each once, the nearest first, at most `SHOWN`. Without case. */
export const nearNames = (names: Iterable<string>, sent: string): readonly string[] => {
  const wish = sent.trim().toLowerCase();
  if (wish.length === 0 || wish.length > LONGEST) return [];
  return [...new Set([...names].map((name) => name.toLowerCase()))]
    .flatMap((name) => {
      const far = distance(name, wish);
      return far === undefined ? [] : [{ name, far }];
    })
    .toSorted((one, other) => one.far - other.far || (one.name < other.name ? -1 : 1))
    .slice(0, SHOWN)
    .map(({ name }) => name);
};

/** What a refusal says of them. */
export const meantPerhaps = (near: readonly string[]): string =>
  near.length === 0 ? '' : ` Did you mean ${near.slice(0, 3).join(', ')}?`;
