import type { FindingKind } from './findings.ts';
import { assignIdentityByHand, letUsRead, recoverByHand, restoreByHand } from './remedies/by-hand.ts';
import { extend } from './remedies/extend.ts';
import { activate, enable, recover } from './remedies/give-back.ts';
import { revalidate } from './remedies/revalidate.ts';
import type { Remedy } from './remedy.ts';

/** What is done about each fault. The compiler sees to it that none is forgotten. */
export const REMEDIES: Readonly<Record<FindingKind, Remedy>> = {
  observationIncomplete: letUsRead,
  keyMissing: recoverByHand,
  keyDeleted: recover,
  keyPurged: restoreByHand,
  keyVersionMissing: restoreByHand,
  keyDisabled: enable,
  keyNotYetActive: activate,
  keyExpired: extend,
  keyNearExpiry: extend,
  identityMissing: assignIdentityByHand,
  consumerInaccessible: revalidate,
};
