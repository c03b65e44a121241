import { oncePer } from '../model/once-per.ts';
import type { Step } from '../steps/step.ts';

type Word = { readonly stepIds: readonly string[] };

const byStep = oncePer((words: readonly Word[]): ReadonlyMap<string, readonly Word[]> => {
  const uses = words.flatMap((word) => [...new Set(word.stepIds)].map((stepId) => ({ stepId, word })));
  return new Map([...Map.groupBy(uses, ({ stepId }) => stepId)].map(([id, all]) => [id, all.map(({ word }) => word)]));
});

/** Those of the approvals, or of the rejections, that speak of a step, in their order: each may name hundreds. */
export const wordsOn = <Kind extends Word>(words: readonly Kind[], { stepId }: Pick<Step, 'stepId'>): readonly Kind[] =>
  (byStep(words) as ReadonlyMap<string, readonly Kind[]>).get(stepId) ?? [];
