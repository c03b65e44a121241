import type { FindingKind } from './findings.ts';
import { assignIdentityByHand, letUsRead, recoverByHand, restoreByHand } from './remedies/by-hand.ts';
import { extend } from './remedies/extend.ts';
import { activate, enable, recover } from './remedies/give-back.ts';
import { revalidate } from './remedies/revalidate.ts';
import { instruct, type Remedy } from './remedy.ts';

const toBeBuilt: Remedy = () => instruct();

/** What is done about each fault. The compiler sees to it that none is forgotten. */
export const REMEDIES: Readonly<Record<FindingKind, Remedy>> = {
  observationIncomplete: letUsRead,
  vaultDeleted: recoverByHand,
  vaultPurged: restoreByHand,
  vaultUnreachable: letUsRead,
  vaultFirewallBlocks: toBeBuilt,
  permissionModelChanged: toBeBuilt,
  tenantMismatch: toBeBuilt,
  keyMissing: recoverByHand,
  keyDeleted: recover,
  keyPurged: restoreByHand,
  keyVersionMissing: restoreByHand,
  keyDisabled: enable,
  keyNotYetActive: activate,
  keyExpired: extend,
  keyNearExpiry: extend,
  keyTypeUnsupported: toBeBuilt,
  identityMissing: assignIdentityByHand,
  copyAwaitingAccess: toBeBuilt,
  accessMissing: toBeBuilt,
  readerMissing: toBeBuilt,
  autoKeyRotationFailed: toBeBuilt,
  accessUnproven: toBeBuilt,
  consumerInaccessible: revalidate,
  machinesShutDown: toBeBuilt,
  vaultNotRebuilt: toBeBuilt,
  consumerPinnedToOldVersion: toBeBuilt,
  migratedWithoutKey: toBeBuilt,
  regionMismatch: toBeBuilt,
  recoveryLevelInsufficient: toBeBuilt,
  softDeleteOff: toBeBuilt,
  retentionShort: toBeBuilt,
  purgeProtectionOff: toBeBuilt,
};
