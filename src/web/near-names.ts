/** The most typing errors between a name and the text that was sent. */
const SLIPS = 2;

/** The most names in an answer. */
const SHOWN = 20;

/** Longer names than Azure allows are not compared. */
const LONGEST = 260;

const sameAtFirst = (one: string, other: string): number => {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  return at;
};

/**
 * How many characters are removed, added or changed between two names; exact where that is at most `most`. The common beginning
 * is skipped, and each further error has three possibilities, so that the time grows with the length of a name and not with its
 * square.
 */
const slipsIn = (one: string, other: string, most: number): number => {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  const same = sameAtFirst(one, other);
  const [a, b] = [one.slice(same), other.slice(same)];
  if (a === '' || b === '') return a.length + b.length;
  if (most === 0) return 1;
  const ways = [[a.slice(1), b.slice(1)] as const, [a.slice(1), b] as const, [a, b.slice(1)] as const];
  return 1 + Math.min(...ways.map(([left, right]) => slipsIn(left, right, most - 1)));
};

const isPartOf = (part: string, whole: string): boolean => part.length > 2 && whole.includes(part);

/**
 * How far a name is from the text that was sent, both lower-cased; `undefined` where it cannot have been meant. Allowed are one
 * error for each three characters, two at most. A name that contains the text, or the reverse, is near too, if the shorter of the
 * two has three characters or more.
 */
const distance = (name: string, wish: string): number | undefined => {
  const slips = slipsIn(wish, name, SLIPS);
  if (slips <= Math.min(SLIPS, name.length / 3)) return slips;
  return isPartOf(name, wish) || isPartOf(wish, name) ? SLIPS + Math.abs(name.length - wish.length) : undefined;
};

/** The names that may have been meant, each once, the nearest first, at most `SHOWN`. Without case. */
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

/** The sentence with these names in a refusal. */
export const meantPerhaps = (near: readonly string[]): string =>
  near.length === 0 ? '' : ` Did you mean ${near.slice(0, 3).join(', ')}?`;
