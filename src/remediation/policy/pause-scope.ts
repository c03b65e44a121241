import { oncePer } from '../model/once-per.ts';
import { isIn, type NamedTarget, named } from '../model/override-target.ts';
import type { PolicyRecords } from '../model/records.ts';
import type { Step } from '../steps/step.ts';

export type ScopedPause = NonNullable<PolicyRecords['pausedScopes']>[number];

const placeOf = oncePer(({ scope }: ScopedPause): NamedTarget => named(scope));

/**
 * All ids of a step that may lie in a scope: what it writes to, its vault, its key, and each consumer that it serves, since the
 * step affects them. Where the vault cannot be read, its id comes from the parameters of the step.
 */
export const placesOf = ({ target, touches, serves, parameters }: Step): readonly string[] => [
  target,
  ...touches,
  ...serves,
  ...('vaultId' in parameters ? [parameters.vaultId] : []),
  ...('consumerId' in parameters ? [parameters.consumerId] : []),
];

/** The pauses whose scope contains one of these ids, in any spelling, also pauses that have ended. */
export const pausesOver = (
  ids: readonly string[],
  { pausedScopes = [] }: Pick<PolicyRecords, 'pausedScopes'>,
): readonly ScopedPause[] => {
  if (pausedScopes.length === 0) return [];
  const meant = ids.map(named);
  return pausedScopes.filter((pause) => meant.some((id) => isIn(id, placeOf(pause))));
};
