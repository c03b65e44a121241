import type { Fact } from '../facts.ts';
import { type PolicyRule, report } from '../policy-rule.ts';
import { touchedBy } from '../step-scope.ts';

/** Nothing is written on a fact that could not be read; the vault's tags may forbid a repair, so it counts too. */
export const factsUnknown: PolicyRule = (step, { observation }) => {
  const { version, consumers } = touchedBy(step, observation);
  const states = step.kind === 'revalidateConsumer' ? consumers.map(({ state }) => state) : [];
  const needed: readonly Fact<unknown>[] = [observation.vault, version, ...states];
  const gap = needed.find((fact) => fact.kind === 'unknown');
  return gap === undefined ? undefined : report(step, `It rests on something that could not be read: ${gap.reason}.`);
};
