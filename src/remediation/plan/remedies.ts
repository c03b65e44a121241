import type { FindingKind } from '../model/faults.ts';
import { assignIdentity } from './remedies/assign-identity.ts';
import { extend, repoint } from './remedies/extend.ts';
import { activate, enable, recover, recoverVault, restore } from './remedies/give-back.ts';
import { admitCopy, grantAccess, grantReader } from './remedies/grant-access.ts';
import { acceptManually, restoreOtherManually } from './remedies/manual/another.ts';
import { letUsRead } from './remedies/manual/let-us-read.ts';
import { lookAtHsm } from './remedies/manual/look-at-hsm.ts';
import { makeVaultAgain, recoverManually, restoreManually } from './remedies/manual/lost.ts';
import { permitOperations } from './remedies/manual/permit-operations.ts';
import {
  encryptAgain,
  joinTenants,
  lengthenRetention,
  makeFittingKey,
  moveVault,
  raiseRecoveryLevel,
  switchBackManually,
  weighRelease,
} from './remedies/manual/posture.ts';
import { openFirewall } from './remedies/open-firewall.ts';
import { protectByRetention, protectFromPurge } from './remedies/protect.ts';
import { rebuild } from './remedies/rebuild.ts';
import { clearRotationError, prove, revalidate } from './remedies/revalidate.ts';
import { startMachines } from './remedies/start-machines.ts';
import type { Remedy } from './remedy.ts';

/** The remedy of each fault, in the order of the faults. The compiler checks that no fault lacks a remedy. */
export const REMEDIES: Readonly<Record<FindingKind, Remedy>> = {
  observationIncomplete: letUsRead,
  vaultForeign: acceptManually,
  vaultDeleted: recoverVault,
  vaultPurged: makeVaultAgain,
  vaultUnreachable: letUsRead,
  keyInManagedHsm: lookAtHsm,
  vaultFirewallBlocks: openFirewall,
  permissionModelChanged: switchBackManually,
  tenantMismatch: joinTenants,
  keyForeign: restoreOtherManually,
  keyMissing: recoverManually,
  keyDeleted: recover,
  keyPurged: restore,
  keyVersionMissing: restoreManually,
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
