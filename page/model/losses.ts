import type { Line } from './line.ts';

export type Loser = { readonly id: string; readonly name: string; readonly kind: string };

/** A key or a vault, and the consumers that would go down without it. */
export type Loss = { readonly id: string; readonly vault: string; readonly losers: readonly Loser[] };

const losersOf = (lines: readonly Line[]): readonly Loser[] => {
  const byId = new Map(
    lines.flatMap(({ consumer }) => (consumer ? [[consumer.id.toLowerCase(), consumer] as const] : [])),
  );
  return [...byId.values()].toSorted((one, other) => one.name.localeCompare(other.name));
};

const lossesBy = (lines: readonly Line[], name: (line: Line) => string): readonly Loss[] =>
  [...Map.groupBy(lines, name)].map(([id, all]) => ({ id, vault: all[0]?.vault ?? id, losers: losersOf(all) }));

/** By key, the consumers that go down with it. */
export const lossesOfKeys = (lines: readonly Line[]): readonly Loss[] => lossesBy(lines, ({ key }) => key);

/** By vault, the consumers that go down with it. */
export const lossesOfVaults = (lines: readonly Line[]): readonly Loss[] => lossesBy(lines, ({ vault }) => vault);
