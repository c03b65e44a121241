import type { Scenario, Stage } from './scenario.ts';

/** When each scenario was healed, ms since epoch; whoever falls ill again has not been. */
export type Watch = { look(): boolean; healedAt(scenario: Scenario): number | undefined };

/** Looks at the world as often as it is told; a scenario counts as healed only after it was seen ill. */
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
