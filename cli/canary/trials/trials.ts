import type { Canary } from '../canary.ts';
import type { Trial } from '../trial.ts';
import { deletion, recovery } from './deletions.ts';
import { managerList, managerPages, managerShows, vaultList, vaultPages } from './lists.ts';
import { disabledReads, managedDisabled, managedKeys } from './reads.ts';
import { newVersion } from './versions.ts';
import { EXPIRED, expiredUnwraps, extended, outside, TOO_EARLY } from './windows.ts';

/** In this order: the last ones take the key away and bring it back. */
export const TRIALS: readonly ((canary: Canary) => Promise<Trial>)[] = [
  managedKeys,
  managedDisabled,
  disabledReads,
  vaultList,
  managerList,
  vaultPages,
  managerPages,
  managerShows,
  outside(EXPIRED),
  outside(TOO_EARLY),
  expiredUnwraps,
  extended,
  newVersion,
  deletion,
  recovery,
];
