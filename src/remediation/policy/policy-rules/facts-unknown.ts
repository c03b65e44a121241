import { restsOn } from '../../steps/step-scope.ts';
import { type PolicyRule, report, seenFor } from '../policy-rule.ts';

/**
 * Nothing is written on a fact that could not be read. The vault's tags may forbid a repair, so they count too; a step
 * for a consumer exists only where the state of that consumer was read. What is not there yet may be brought back by
 * the steps that come before.
 */
export const factsUnknown: PolicyRule = (step, situation) => {
  const gap = restsOn(step, seenFor(step, situation)).find(
    ({ kind }) => kind === 'unknown' || (kind === 'absent' && step.dependsOn.length === 0),
  );
  if (gap === undefined) return undefined;
  const reason = gap.kind === 'unknown' ? `could not be read: ${gap.reason}` : 'is not there';
  return report(step, `It rests on something that ${reason}.`);
};
