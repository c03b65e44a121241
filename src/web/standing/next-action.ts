import { answerBy } from '../../remediation/plan/plan-number.ts';
import type { Decision, StepVerdict } from '../../remediation/policy/policy-types.ts';
import type { NextAction } from './line.ts';

/** The most steps and commands in one line: the route of the key itself shows all. */
const NAMED = 3;

const listed = (sentences: readonly string[]): string => {
  const all = [...new Set(sentences)];
  const more = all.length - NAMED;
  return `${all.slice(0, NAMED).join(' ')}${more > 0 ? ` And ${more} more.` : ''}`;
};

const of = <Kind extends StepVerdict['verdict']>(verdicts: readonly StepVerdict[], kind: Kind) =>
  verdicts.filter((one): one is Extract<StepVerdict, { verdict: Kind }> => one.verdict === kind);

const withSteps = (verdicts: readonly StepVerdict[], planId: string): NextAction | undefined => {
  const [runs, asks, held] = [of(verdicts, 'run'), of(verdicts, 'ask'), of(verdicts, 'report')];
  const repairs = runs.length > 0 ? `Repairs by itself: ${listed(runs.map(({ step }) => step.sentence))}` : '';
  if (asks.length > 0) {
    const what = listed(asks.map(({ step, why }) => `${step.sentence} ${why}`));
    const sentence = `Asks: ${answerBy(planId)}. ${what}`;
    return { kind: 'asks', sentence: repairs === '' ? sentence : `${repairs} ${sentence}` };
  }
  if (repairs !== '') return { kind: 'repairs', sentence: repairs };
  if (held.length === 0) return undefined;
  const wouldDo = listed(held.map(({ step }) => step.sentence));
  return {
    kind: 'held',
    sentence: `Does nothing now. ${listed(held.map(({ why }) => why))} What it would do: ${wouldDo}`,
  };
};

/** The instructions that name this consumer; where there are none, all instructions of the key. */
const instructionsFor = (all: readonly string[], consumerId: string | undefined): readonly string[] => {
  const name = consumerId?.split('/').at(-1)?.toLowerCase();
  const own = name === undefined ? [] : all.filter((one) => one.toLowerCase().includes(name));
  return own.length > 0 ? own : all;
};

/**
 * The present action of the product, or the event for which it waits. `verdicts`: on the steps that serve this consumer.
 * `isOutOfSight`: nothing is known of the consumer except that it could not be read.
 */
export const nextActionOf = (
  { plan, lookAgainAt, notes }: Pick<Decision, 'plan' | 'lookAgainAt' | 'notes'>,
  verdicts: readonly StepVerdict[],
  { consumerId, isOutOfSight }: { readonly consumerId: string | undefined; readonly isOutOfSight: boolean },
): NextAction => {
  const stepwise = withSteps(verdicts, plan.planId);
  if (stepwise) return stepwise;
  const told = listed(instructionsFor(plan.instructions, consumerId));
  if (isOutOfSight)
    return {
      kind: 'cannotSee',
      sentence: `Cannot see: ${told || 'GET /api/coverage has the command that lets the product see.'}`,
    };
  if (told !== '') return { kind: 'person', sentence: `Waits for a person: ${told}` };
  if (lookAgainAt !== undefined) return { kind: 'looksAgain', sentence: `Looks again at ${lookAgainAt}.` };
  return notes.length > 0
    ? { kind: 'person', sentence: `Waits for a person: ${listed(notes)}` }
    : { kind: 'none', sentence: 'Does nothing: no step and no person could mend it now. Every sweep looks again.' };
};
