import type { FindingKind } from '../model/faults.ts';
import { assignIdentity } from './remedies/assign-identity.ts';
import { acceptByHand, restoreOtherByHand } from './remedies/by-hand/another.ts';
import { letUsRead } from './remedies/by-hand/let-us-read.ts';
import { lookAtHsm } from './remedies/by-hand/look-at-hsm.ts';
import { makeVaultAgain, recoverByHand, restoreByHand } from './remedies/by-hand/lost.ts';
import { permitOperations } from './remedies/by-hand/permit-operations.ts';
import {
  encryptAgain,
  joinTenants,
  lengthenRetention,
  makeFittingKey,
  moveVault,
  raiseRecoveryLevel,
  switchBackByHand,
  weighRelease,
} from './remedies/by-hand/posture.ts';
import { extend, repoint } from './remedies/extend.ts';
import { activate, enable, recover, recoverVault, restore } from './remedies/give-back.ts';
import { admitCopy, grantAccess, grantReader } from './remedies/grant-access.ts';
import { openFirewall } from './remedies/open-firewall.ts';
import { protectByRetention, protectFromPurge } from './remedies/protect.ts';
import { rebuild } from './remedies/rebuild.ts';
import { clearRotationError, prove, revalidate } from './remedies/revalidate.ts';
import { startMachines } from './remedies/start-machines.ts';
import type { Remedy } from './remedy.ts';

/** The remedy of each fault, in the order of the faults. The compiler checks that no fault lacks a remedy. */
export const REMEDIES: Readonly<Record<FindingKind, Remedy>> = {
  observationIncomplete: letUsRead,
  vaultForeign: acceptByHand,
  vaultDeleted: recoverVault,
  vaultPurged: makeVaultAgain,
  vaultUnreachable: letUsRead,
  keyInManagedHsm: lookAtHsm,
  vaultFirewallBlocks: openFirewall,
  permissionModelChanged: switchBackByHand,
  tenantMismatch: joinTenants,
  keyForeign: restoreOtherByHand,
  keyMissing: recoverByHand,
  keyDeleted: recover,
  keyPurged: restore,
  keyVersionMissing: restoreByHand,
  keyDisabled: enable,
  keyNotYetActive: activate,
  keyExpired: extend,
  keyNearExpiry: extend,
  keyCannotUnwrap: permitOperations,
  keyCannotWrap: permitOperations,
  identityMissing: assignIdentity,
  copyAwaitingAccess: admitCopy,
  accessMissing: grantAccess,
  readerMissing: grantReader,
  autoKeyRotationFailed: clearRotationError,
  accessUnproven: prove,
  consumerInaccessible: revalidate,
  machinesShutDown: startMachines,
  vaultNotRebuilt: rebuild,
  keyTypeUnsupported: makeFittingKey,
  keyExportable: weighRelease,
  consumerPinnedToOldVersion: repoint,
  migratedWithoutKey: encryptAgain,
  regionMismatch: moveVault,
  recoveryLevelInsufficient: raiseRecoveryLevel,
  softDeleteOff: protectByRetention,
  retentionShort: lengthenRetention,
  purgeProtectionOff: protectFromPurge,
};
