import { restsOn } from '../../steps/step-scope.ts';
import { type PolicyRule, report, seenFor } from '../policy-rule.ts';

/**
 * No step runs on a fact that could not be read. The facts include the tags of the vault, which may forbid a repair. The state of
 * a consumer is not checked here: a step for a consumer exists only where that state was read. An absent resource is no gap where
 * earlier steps of the plan may bring it back.
 */
export const factsUnknown: PolicyRule = (step, situation) => {
  const gap = restsOn(step, seenFor(step, situation)).find(
    ({ kind }) => kind === 'unknown' || (kind === 'absent' && step.dependsOn.length === 0),
  );
  if (gap === undefined) return undefined;
  const reason = gap.kind === 'unknown' ? `could not be read: ${gap.reason}` : 'is not there';
  return report(step, `It rests on something that ${reason}.`);
};
