import { within } from '../model/resource-id.ts';
import type { Step } from '../steps/step.ts';
import type { PolicySettings } from './policy-types.ts';

/**
 * Whether the settings let the product undo somebody's act by this step without a question. A scope names a consumer by its id, a
 * vault by its id or host, and a key by its version or its vault. `host`: host of the key; `own`: ids of the step itself, see
 * `ownIds`.
 */
export const isNamed = (
  step: Step,
  { autoReverse }: Pick<PolicySettings, 'autoReverse'>,
  { host, own }: { readonly host: string; readonly own: readonly string[] },
): boolean => {
  if (autoReverse === 'all') return true;
  const isOfVault = step.target === step.parameters.vaultId;
  const its = step.target.startsWith('/') ? [step.target] : own;
  const ids = isOfVault ? [...its, `https://${host}`] : its;
  return autoReverse.some((entry) => entry.step === step.kind && ids.some((id) => within(id, entry.scope)));
};
