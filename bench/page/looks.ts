import type { Watched } from '../bill/counts.ts';

/** The ways to look that are measured, by their values of GUARDIAN_LOOK. */
export const LOOKS: Readonly<Record<string, string>> = {
  single: 'a read of each version',
  dataPlaneList: 'lists of vaults',
  resourceManagerList: "Resource Manager's lists",
  auto: "Resource Manager's lists, else those of vaults",
};

/** The ways to look in which one of these estates was measured. */
export const looksOf = (watched: readonly Watched[]): readonly string[] =>
  Object.keys(LOOKS).filter((look) => watched.some(({ probe }) => look in probe));

/** The estates that were measured in this way. */
export const measuredBy = <One extends Watched>(watched: readonly One[], look: string): readonly One[] =>
  watched.filter(({ probe }) => look in probe);

/** A cell for each way to look in which one of these estates was measured. */
export const cellsByLook = (
  one: Watched,
  watched: readonly Watched[],
  cellOf: (look: string) => string,
): readonly string[] => looksOf(watched).map((look) => (look in one.probe ? cellOf(look) : 'not measured'));

export const waysOf = (watched: readonly Watched[]): readonly string[] =>
  looksOf(watched).map((look) => LOOKS[look] ?? look);
