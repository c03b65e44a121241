import type { FindingKind } from '../model/faults.ts';
import type { Rule } from './rule.ts';
import { accessMissing } from './rules/access-missing.ts';
import { accessUnproven } from './rules/access-unproven.ts';
import { autoKeyRotationFailed } from './rules/auto-key-rotation-failed.ts';
import { consumerInaccessible } from './rules/consumer-inaccessible.ts';
import { consumerPinnedToOldVersion } from './rules/consumer-pinned-to-old-version.ts';
import { copyAwaitingAccess } from './rules/copy-awaiting-access.ts';
import { identityMissing } from './rules/identity-missing.ts';
import { keyCannotUnwrap } from './rules/key-cannot-unwrap.ts';
import { keyCannotWrap } from './rules/key-cannot-wrap.ts';
import { keyDeleted } from './rules/key-deleted.ts';
import { keyDisabled } from './rules/key-disabled.ts';
import { keyExpired } from './rules/key-expired.ts';
import { keyExportable } from './rules/key-exportable.ts';
import { keyForeign } from './rules/key-foreign.ts';
import { keyInManagedHsm } from './rules/key-in-managed-hsm.ts';
import { keyMissing } from './rules/key-missing.ts';
import { keyNearExpiry } from './rules/key-near-expiry.ts';
import { keyNotYetActive } from './rules/key-not-yet-active.ts';
import { keyPurged } from './rules/key-purged.ts';
import { keyTypeUnsupported } from './rules/key-type-unsupported.ts';
import { keyVersionMissing } from './rules/key-version-missing.ts';
import { machinesShutDown } from './rules/machines-shut-down.ts';
import { migratedWithoutKey } from './rules/migrated-without-key.ts';
import { observationIncomplete } from './rules/observation-incomplete.ts';
import { permissionModelChanged } from './rules/permission-model-changed.ts';
import { purgeProtectionOff } from './rules/purge-protection-off.ts';
import { readerMissing } from './rules/reader-missing.ts';
import { recoveryLevelInsufficient } from './rules/recovery-level-insufficient.ts';
import { regionMismatch } from './rules/region-mismatch.ts';
import { retentionShort } from './rules/retention-short.ts';
import { softDeleteOff } from './rules/soft-delete-off.ts';
import { tenantMismatch } from './rules/tenant-mismatch.ts';
import { vaultDeleted } from './rules/vault-deleted.ts';
import { vaultFirewallBlocks } from './rules/vault-firewall-blocks.ts';
import { vaultForeign } from './rules/vault-foreign.ts';
import { vaultNotRebuilt } from './rules/vault-not-rebuilt.ts';
import { vaultPurged } from './rules/vault-purged.ts';
import { vaultUnreachable } from './rules/vault-unreachable.ts';

/**
 * Invariant `rules-are-tables`: the rule of every fault, in the order of the access path, from the vault to the consumer: a
 * finding that explains others comes before them. The rules of posture, which affect no consumer yet, come last. The compiler
 * checks that no fault lacks a rule.
 */
export const RULES: Readonly<Record<FindingKind, Rule>> = {
  observationIncomplete,
  vaultForeign,
  vaultDeleted,
  vaultPurged,
  vaultUnreachable,
  keyInManagedHsm,
  vaultFirewallBlocks,
  permissionModelChanged,
  tenantMismatch,
  keyForeign,
  keyMissing,
  keyDeleted,
  keyPurged,
  keyVersionMissing,
  keyDisabled,
  keyNotYetActive,
  keyExpired,
  keyNearExpiry,
  keyCannotUnwrap,
  keyCannotWrap,
  identityMissing,
  copyAwaitingAccess,
  accessMissing,
  readerMissing,
  autoKeyRotationFailed,
  accessUnproven,
  consumerInaccessible,
  machinesShutDown,
  vaultNotRebuilt,
  keyTypeUnsupported,
  keyExportable,
  consumerPinnedToOldVersion,
  migratedWithoutKey,
  regionMismatch,
  recoveryLevelInsufficient,
  softDeleteOff,
  retentionShort,
  purgeProtectionOff,
};
