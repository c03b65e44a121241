import { RISKS } from '../steps/risk.ts';
import type { Step } from '../steps/step.ts';

const both = (a: Step, b: Step): Step => {
  const asks = a.asks ?? b.asks;
  return {
    ...a,
    risk: RISKS.indexOf(b.risk) > RISKS.indexOf(a.risk) ? b.risk : a.risk,
    ...(asks !== undefined && { asks }),
    dependsOn: a.dependsOn.filter((id) => b.dependsOn.includes(id)),
  };
};

/**
 * Every step once, where several findings need it: with the highest risk, and waiting only for the steps that all of them wait
 * for.
 */
export const merged = (steps: readonly Step[]): readonly Step[] => {
  const once = new Map<string, Step>();
  for (const step of steps) {
    const same = once.get(step.stepId);
    once.set(step.stepId, same === undefined ? step : both(same, step));
  }
  return [...once.values()];
};
