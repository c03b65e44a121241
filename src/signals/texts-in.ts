/** The most members that are read of a payload in an unknown shape. */
const MOST_MEMBERS = 2_000;
const DEEPEST = 8;

/** Every text in a value, outermost first, within these limits. It does not recurse, since the sender chooses the depth. */
export const textsIn = (value: unknown): readonly string[] => {
  const texts: string[] = [];
  let level: readonly unknown[] = [value];
  let left = MOST_MEMBERS;
  for (let depth = 0; depth <= DEEPEST && level.length > 0 && left > 0; depth++) {
    const members = level.slice(0, left);
    left -= members.length;
    texts.push(...members.filter((one) => typeof one === 'string'));
    level = members.flatMap((one) =>
      typeof one === 'object' && one !== null ? Object.values(one).slice(0, MOST_MEMBERS) : [],
    );
  }
  return texts;
};
