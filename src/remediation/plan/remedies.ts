import type { FindingKind } from '../model/faults.ts';
import { assignIdentity } from './remedies/assign-identity.ts';
import { letUsRead } from './remedies/by-hand/let-us-read.ts';
import { makeVaultAgain, recoverByHand, restoreByHand } from './remedies/by-hand/lost.ts';
import {
  encryptAgain,
  joinTenants,
  lengthenRetention,
  makeFittingKey,
  moveVault,
  raiseRecoveryLevel,
  switchBackByHand,
} from './remedies/by-hand/posture.ts';
import { extend, repoint } from './remedies/extend.ts';
import { activate, enable, recover, recoverVault, restore } from './remedies/give-back.ts';
import { grantAccess, grantReader, letCopyIn } from './remedies/let-in.ts';
import { openFirewall } from './remedies/open-firewall.ts';
import { protectByRetention, protectFromPurge } from './remedies/protect.ts';
import { rebuild } from './remedies/rebuild.ts';
import { clearRotationError, prove, revalidate } from './remedies/revalidate.ts';
import { startMachines } from './remedies/start-machines.ts';
import type { Remedy } from './remedy.ts';

/** What is done about each fault. The compiler sees to it that none is forgotten; in the order of the faults. */
export const REMEDIES: Readonly<Record<FindingKind, Remedy>> = {
  observationIncomplete: letUsRead,
  vaultDeleted: recoverVault,
  vaultPurged: makeVaultAgain,
  vaultUnreachable: letUsRead,
  vaultFirewallBlocks: openFirewall,
  permissionModelChanged: switchBackByHand,
  tenantMismatch: joinTenants,
  keyMissing: recoverByHand,
  keyDeleted: recover,
  keyPurged: restore,
  keyVersionMissing: restoreByHand,
  keyDisabled: enable,
  keyNotYetActive: activate,
  keyExpired: extend,
  keyNearExpiry: extend,
  identityMissing: assignIdentity,
  copyAwaitingAccess: letCopyIn,
  accessMissing: grantAccess,
  readerMissing: grantReader,
  autoKeyRotationFailed: clearRotationError,
  accessUnproven: prove,
  consumerInaccessible: revalidate,
  machinesShutDown: startMachines,
  vaultNotRebuilt: rebuild,
  keyTypeUnsupported: makeFittingKey,
  consumerPinnedToOldVersion: repoint,
  migratedWithoutKey: encryptAgain,
  regionMismatch: moveVault,
  recoveryLevelInsufficient: raiseRecoveryLevel,
  softDeleteOff: protectByRetention,
  retentionShort: lengthenRetention,
  purgeProtectionOff: protectFromPurge,
};
