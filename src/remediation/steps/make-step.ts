import { canonicalJson, sha256 } from '../model/canonical.ts';
import type { KeyObservation } from '../model/facts.ts';
import type { Step, StepKind, StepSpec } from '../model/steps.ts';
import type { OfferedStep } from './offered-step.ts';
import { assignIdentity } from './step-kinds/assign-identity.ts';
import { clearAutoRotationError } from './step-kinds/clear-auto-rotation-error.ts';
import { enableKey } from './step-kinds/enable-key.ts';
import { enablePurgeProtection } from './step-kinds/enable-purge-protection.ts';
import { enableSoftDelete } from './step-kinds/enable-soft-delete.ts';
import { extendKeyExpiry } from './step-kinds/extend-key-expiry.ts';
import { grantKeyAccess } from './step-kinds/grant-key-access.ts';
import { grantReader } from './step-kinds/grant-reader.ts';
import { rebuildDiagnosticSetting } from './step-kinds/rebuild-diagnostic-setting.ts';
import { rebuildEventSubscription } from './step-kinds/rebuild-event-subscription.ts';
import { recoverKey } from './step-kinds/recover-key.ts';
import { recoverVault } from './step-kinds/recover-vault.ts';
import { repointConsumer } from './step-kinds/repoint-consumer.ts';
import { restoreKeyFromBackup } from './step-kinds/restore-key-from-backup.ts';
import { restoreNetworkRules } from './step-kinds/restore-network-rules.ts';
import { revalidateConsumer } from './step-kinds/revalidate-consumer.ts';
import { setActivationDate } from './step-kinds/set-activation-date.ts';
import { setVaultBypass } from './step-kinds/set-vault-bypass.ts';
import { startVirtualMachines } from './step-kinds/start-virtual-machines.ts';
import type { SpecOf, StepKindOf } from './step-kinds/step-kind.ts';
import { ownIds, servedBy } from './step-scope.ts';

const STEP_KINDS: { readonly [Kind in StepKind]: StepKindOf<SpecOf<Kind>> } = {
  recoverVault,
  setVaultBypass,
  restoreNetworkRules,
  enableSoftDelete,
  enablePurgeProtection,
  rebuildEventSubscription,
  rebuildDiagnosticSetting,
  restoreKeyFromBackup,
  assignIdentity,
  grantKeyAccess,
  grantReader,
  repointConsumer,
  clearAutoRotationError,
  startVirtualMachines,
  recoverKey,
  enableKey,
  setActivationDate,
  extendKeyExpiry,
  revalidateConsumer,
};

/** SHA-256 of kind, target and parameters in canonical form. */
export const stepIdOf = ({ kind, target, parameters }: StepSpec): string =>
  sha256(canonicalJson({ kind, target, parameters }));

/** Azure actions that the product needs for it, as in its custom role. */
export const actionsOf = (spec: StepSpec): readonly string[] =>
  (STEP_KINDS[spec.kind] as StepKindOf<StepSpec>).actions(spec);

/** The step that a spec names, with what it touches and the steps it depends on. */
export const makeStep = (
  { spec, risk, asks, attemptsAt }: OfferedStep,
  observation: KeyObservation,
  dependsOn: readonly string[],
): Step => {
  const kind = STEP_KINDS[spec.kind] as StepKindOf<StepSpec>;
  const { reveals = false, undo, sentence } = kind;
  return {
    ...spec,
    stepId: stepIdOf(spec),
    risk: risk ?? kind.risk,
    ...(asks !== undefined && { asks }),
    ...(attemptsAt !== undefined && { attemptsAt }),
    reveals,
    actions: actionsOf(spec),
    undo: undo(spec),
    sentence: sentence(spec),
    touches: [...new Set(ownIds(spec, observation))],
    serves: [...new Set(servedBy(spec, observation).map(({ id }) => id.toLowerCase()))],
    dependsOn,
  };
};
