import type { Step } from '../../remediation/steps/step.ts';
import type { SpecOf, StepKind, StepSpec } from '../../remediation/steps/steps.ts';
import { readAssignIdentity } from './assign-identity.ts';
import { readClearAutoRotationError } from './clear-auto-rotation-error.ts';
import { readEnabling } from './enable-key.ts';
import { readEnablePurgeProtection } from './enable-purge-protection.ts';
import { readEnableSoftDelete } from './enable-soft-delete.ts';
import { readExtension } from './extend-key-expiry.ts';
import { readGrantKeyAccess } from './grant-key-access.ts';
import { readGrantReader } from './grant-reader.ts';
import { readRebuildDiagnosticSetting } from './rebuild-diagnostic-setting.ts';
import { readRebuildEventSubscription } from './rebuild-event-subscription.ts';
import { readRecovery } from './recover-key.ts';
import { readRecoverVault } from './recover-vault.ts';
import { readRepointConsumer } from './repoint-consumer.ts';
import { readRestoreKeyFromBackup } from './restore-key-from-backup.ts';
import { readRestoreNetworkRules } from './restore-network-rules.ts';
import { readRevalidation } from './revalidate-consumer.ts';
import { readActivation } from './set-activation-date.ts';
import { readSetVaultBypass } from './set-vault-bypass.ts';
import { readStartVirtualMachines } from './start-virtual-machines.ts';
import type { Target } from './target.ts';
import type { TargetSources } from './target-sources.ts';

type Repair = Pick<Step, 'seen' | 'networkWas' | 'assigned'>;
type Reader<Kind extends StepKind> = (sources: TargetSources, step: Repair & SpecOf<Kind>) => Promise<Target>;

/** The reader of each kind of step's target, which also gives the write. */
const READERS: { readonly [Kind in StepKind]: Reader<Kind> } = {
  recoverVault: readRecoverVault,
  setVaultBypass: readSetVaultBypass,
  restoreNetworkRules: readRestoreNetworkRules,
  enableSoftDelete: readEnableSoftDelete,
  enablePurgeProtection: readEnablePurgeProtection,
  rebuildEventSubscription: readRebuildEventSubscription,
  rebuildDiagnosticSetting: readRebuildDiagnosticSetting,
  restoreKeyFromBackup: readRestoreKeyFromBackup,
  assignIdentity: readAssignIdentity,
  grantKeyAccess: readGrantKeyAccess,
  grantReader: readGrantReader,
  repointConsumer: readRepointConsumer,
  clearAutoRotationError: readClearAutoRotationError,
  startVirtualMachines: readStartVirtualMachines,
  recoverKey: readRecovery,
  enableKey: readEnabling,
  setActivationDate: readActivation,
  extendKeyExpiry: readExtension,
  revalidateConsumer: readRevalidation,
};

/** Reads what a step would change, right before the write. */
export const readTarget = (sources: TargetSources, step: Repair & StepSpec): Promise<Target> =>
  (READERS[step.kind] as (from: typeof sources, of: Repair & StepSpec) => Promise<Target>)(sources, step);
