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
import type { StepIdentity, StepKindOf } from './step-kinds/step-kind.ts';

/** Every kind of step. One orchestration is registered for each, in this order. */
export const STEPS = {
  recoverVault,
  setVaultBypass,
  restoreNetworkRules,
  enableSoftDelete,
  enablePurgeProtection,
  rebuildEventSubscription,
  rebuildDiagnosticSetting,
  recoverKey,
  restoreKeyFromBackup,
  enableKey,
  setActivationDate,
  extendKeyExpiry,
  assignIdentity,
  grantKeyAccess,
  grantReader,
  repointConsumer,
  clearAutoRotationError,
  revalidateConsumer,
  startVirtualMachines,
};

export type StepKind = keyof typeof STEPS;

type ParametersOf<Kind extends StepKind> =
  (typeof STEPS)[Kind] extends StepKindOf<infer Parameters> ? Parameters : never;

/** Kind, target and parameters of a step of one of these kinds. */
export type SpecOf<Kind extends StepKind> = {
  [One in Kind]: { readonly kind: One } & StepIdentity<ParametersOf<One>>;
}[Kind];

export type StepSpec = SpecOf<StepKind>;

export const STEP_KINDS = Object.keys(STEPS) as readonly StepKind[];

/**
 * Kinds of steps that undo somebody's act, or may. Only these can be named in GUARDIAN_AUTO_REVERSE: a step that restores needs
 * no permission, and a step that cannot be undone always asks.
 */
export const REVERSAL_STEPS = STEP_KINDS.filter((kind) => STEPS[kind].mayUndo);

/** Whether there is a kind of step of this name: a row of another release, or a request, may have other names. */
export const isStepKind = (name: string): name is StepKind => Object.hasOwn(STEPS, name);

/** The traits of a step, by its kind. */
export const kindOf = ({ kind }: StepSpec): StepKindOf<StepSpec['parameters']> =>
  STEPS[kind] as StepKindOf<StepSpec['parameters']>;
