import type { FindingKind } from './findings.ts';
import { activateByHand, assignIdentityByHand, enableByHand, letUsRead, recoverByHand } from './remedies/by-hand.ts';
import { extend } from './remedies/extend.ts';
import { revalidate } from './remedies/revalidate.ts';
import type { Remedy } from './remedy.ts';

/** What is done about each fault. The compiler sees to it that none is forgotten. */
export const REMEDIES: Readonly<Record<FindingKind, Remedy>> = {
  observationIncomplete: letUsRead,
  keyMissing: recoverByHand,
  keyDisabled: enableByHand,
  keyNotYetActive: activateByHand,
  keyExpired: extend,
  keyNearExpiry: extend,
  identityMissing: assignIdentityByHand,
  consumerInaccessible: revalidate,
};
