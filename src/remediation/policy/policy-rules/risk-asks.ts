import { within } from '../../model/resource-id.ts';
import type { Step } from '../../steps/step.ts';
import { ownIds } from '../../steps/step-scope.ts';
import { ask, type PolicyRule, type PolicySituation } from '../policy-rule.ts';

/** Who must say yes, by mode and risk, and by what only a person can know. */
export const riskAsks: PolicyRule = (step, { settings, observation }) => {
  if (settings.mode === 'approve') return ask(step, 'Mode approve asks before every step.');
  if (step.asks !== undefined) return ask(step, step.asks);
  if (step.risk === 'irreversible') return ask(step, 'It cannot be undone.');
  if (step.risk === 'reversal' && !isNamed(step, { settings, observation }))
    return ask(step, `It undoes what someone did, and autoReverse does not name ${step.kind} here.`);
  return undefined;
};

/** A scope names a consumer by its own id, a vault by its id or host, and a key by its version or its vault. */
const isNamed = (step: Step, { settings, observation }: Pick<PolicySituation, 'settings' | 'observation'>): boolean => {
  const { autoReverse } = settings;
  if (autoReverse === 'all') return true;
  const { host } = observation.key;
  const isOfVault = 'vaultId' in step.parameters;
  const own = step.target.startsWith('/') ? [step.target] : ownIds(step, observation);
  const ids = isOfVault ? [...own, `https://${host}`] : own;
  return autoReverse.some((entry) => entry.step === step.kind && ids.some((id) => within(id, entry.scope)));
};
