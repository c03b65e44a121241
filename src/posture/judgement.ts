import type { Fact } from '../remediation/model/facts.ts';

export type CheckVerdict = 'pass' | 'fail' | 'unknown' | 'notApplicable';

/** The result of a check on one subject. `plan`: commands for a person, in order. */
export type Judgement = { readonly verdict: CheckVerdict; readonly evidence: string; readonly plan: readonly string[] };

const judgement =
  (verdict: CheckVerdict) =>
  (evidence: string, ...plan: readonly string[]): Judgement => ({ verdict, evidence, plan });

export const pass = judgement('pass');
export const fail = judgement('fail');
export const unclear = judgement('unknown');
export const notApplicable = judgement('notApplicable');

/** The judgement of a check that asks yes or no: `pass` for yes, `fail` for no, each with the evidence. */
export const holds = (isSo: boolean, evidence: string, ...plan: readonly string[]): Judgement =>
  isSo ? pass(evidence) : fail(evidence, ...plan);

/** For several judgements that must all pass: the first that fails, else the first that does not pass, else the first. */
export const worst = (judgements: readonly Judgement[]): Judgement =>
  judgements.find(({ verdict }) => verdict === 'fail') ??
  judgements.find(({ verdict }) => verdict !== 'pass') ??
  judgements[0] ??
  unclear('there is nothing to judge');

/**
 * Judges a fact that was read. An absent fact fails with `gone`. A fact that could not be read is unknown, never a
 * failure.
 */
export const judged = <T>(
  fact: Fact<T> | undefined,
  whenPresent: (value: T) => Judgement,
  gone: () => Judgement,
): Judgement => {
  if (fact === undefined) return unclear('it was not asked for');
  if (fact.kind === 'unknown') return unclear(fact.reason);
  return fact.kind === 'present' ? whenPresent(fact.value) : gone();
};
