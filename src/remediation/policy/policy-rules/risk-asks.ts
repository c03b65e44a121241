import type { Step } from '../../steps/step.ts';
import { ownIds } from '../../steps/step-scope.ts';
import { isNamed } from '../named-reversal.ts';
import { ask, type PolicyRule, seenFor } from '../policy-rule.ts';

/** Which steps ask: by mode, by risk, and by facts that only a person can know. */
export const riskAsks: PolicyRule = (step, situation) => {
  const { observation, settings } = situation;
  if (settings.mode === 'approve') return ask(step, 'Mode approve asks before every step.');
  if (step.asks !== undefined) return ask(step, step.asks);
  if (step.risk === 'irreversible') return ask(step, 'It cannot be undone.');
  if (
    step.risk === 'reversal' &&
    !isNamed(step, settings, { host: observation.key.host, own: ownIds(step, seenFor(step, situation)) })
  )
    return ask(step, `${actOf(step)}, and GUARDIAN_AUTO_REVERSE does not name ${step.kind} here.`);
  return undefined;
};

/** Extending an expiry rarely undoes somebody's act. Where it does, the finding alone does not say what that act was. */
const actOf = ({ kind }: Step): string =>
  kind === 'extendKeyExpiry'
    ? 'Somebody seems to have set this expiry to take the key away (it is not the one that was recorded, and comes within a day of the last write to the version)'
    : 'It undoes what someone did';
