/** Event Grid and Azure Monitor send at most a megabyte. `values`: members of objects and lists. */
const MOST = { characters: 1_024 * 1_024, depth: 64, values: 100_000 };

const membersOf = (value: unknown): readonly (readonly [string, unknown])[] =>
  typeof value === 'object' && value !== null ? Object.entries(value) : [];

/**
 * Which limit a payload exceeds, which the platform has already parsed; `undefined` where it exceeds none. The payload is read no
 * further than to its limit.
 */
export const excessIn = (payload: unknown): string | undefined => {
  let [characters, values] = [0, 0];
  let level: readonly unknown[] = [payload];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MOST.depth) return `it nests deeper than ${MOST.depth} levels`;
    const next: unknown[] = [];
    for (const value of level) {
      const members = membersOf(value);
      values += members.length;
      characters += typeof value === 'string' ? value.length : 0;
      for (const [name, member] of members) {
        characters += name.length;
        next.push(member);
      }
      if (values > MOST.values) return `it holds more than ${MOST.values} values`;
      if (characters > MOST.characters) return `it is longer than ${MOST.characters} characters`;
    }
    level = next;
  }
  return undefined;
};
