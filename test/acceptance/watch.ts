import type { Scenario, Stage } from './scenario.ts';

/** The instants at which scenarios were healed, ms since epoch; a scenario that breaks again was not healed. */
export type Watch = { look(): boolean; healedAt(scenario: Scenario): number | undefined };

/** Looks at the world at each call of `look`; a scenario counts as healed only after a look has found it broken. */
export const watchHealing = ({ clock, cloud }: Stage, scenarios: readonly Scenario[]): Watch => {
  const ill = new Set<Scenario>();
  const healed = new Map<Scenario, number>();
  return {
    look: () => {
      for (const scenario of scenarios) {
        const isWell = scenario.isHealed(cloud.world, scenario.subject);
        if (!isWell) {
          ill.add(scenario);
          healed.delete(scenario);
        } else if (ill.has(scenario) && !healed.has(scenario)) healed.set(scenario, clock.now());
      }
      return healed.size === scenarios.length;
    },
    healedAt: (scenario) => healed.get(scenario),
  };
};
