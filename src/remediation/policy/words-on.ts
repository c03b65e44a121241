import { oncePer } from '../model/once-per.ts';
import type { Step } from '../steps/step.ts';

type Word = { readonly stepIds: readonly string[] };

const byStep = oncePer((words: readonly Word[]): ReadonlyMap<string, readonly Word[]> => {
  const uses = words.flatMap((word) => [...new Set(word.stepIds)].map((stepId) => ({ stepId, word })));
  return new Map([...Map.groupBy(uses, ({ stepId }) => stepId)].map(([id, all]) => [id, all.map(({ word }) => word)]));
});

/**
 * The approvals, or the rejections, that name a step, in their order. They are grouped once, since each may name hundreds of
 * steps.
 */
export const wordsOn = <Kind extends Word>(words: readonly Kind[], { stepId }: Pick<Step, 'stepId'>): readonly Kind[] =>
  (byStep(words) as ReadonlyMap<string, readonly Kind[]>).get(stepId) ?? [];
