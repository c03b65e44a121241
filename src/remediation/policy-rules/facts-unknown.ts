import type { Fact } from '../facts.ts';
import { type PolicyRule, report } from '../policy-rule.ts';
import { servedBy } from '../step-scope.ts';

/** Nothing is written on a fact that could not be read; the vault's tags may forbid a repair, so it counts too. */
export const factsUnknown: PolicyRule = (step, { observation }) => {
  const { version, consumers } = servedBy(step, observation);
  const states = step.kind === 'revalidateConsumer' ? consumers.map(({ state }) => state) : [];
  const needed: readonly Fact<unknown>[] = [observation.vault, version, ...states];
  const gap = needed.find(({ kind }) => kind !== 'present');
  if (gap === undefined) return undefined;
  return report(
    step,
    `It rests on something that ${gap.kind === 'unknown' ? `could not be read: ${gap.reason}` : 'is not there'}.`,
  );
};
