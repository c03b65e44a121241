import type { Watched } from '../bill/counts.ts';

/** The ways to look that are measured, by their values of GUARDIAN_LOOK. */
export const LOOKS: Readonly<Record<string, string>> = {
  single: 'a read of each version',
  dataPlaneList: 'lists of vaults',
  resourceManagerList: "Resource Manager's lists",
};

/** The ways to look in which all of these estates were measured. */
export const looksOf = (watched: readonly Watched[]): readonly string[] =>
  Object.keys(LOOKS).filter((look) => watched.every(({ probe }) => look in probe));

export const waysOf = (watched: readonly Watched[]): readonly string[] =>
  looksOf(watched).map((look) => LOOKS[look] ?? look);
