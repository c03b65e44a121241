import { type Finding, isHealthy } from '../model/findings.ts';
import type { Decision } from './policy-types.ts';

/** Those that wait for a person's word on whether they belong here, lower-cased. */
const awaitingAWord = (findings: readonly Finding[]): ReadonlySet<string> =>
  new Set(
    findings
      .filter(({ kind, evidence }) => kind === 'copyAwaitingAccess' && evidence['lineage'] === 'unproven')
      .map(({ target }) => target),
  );

/**
 * Whether all is well with everybody who is known to belong here. Whoever hangs a server on a key, and has it wait for a word
 * that nobody gives, would else keep the product from knowing who joins that key meanwhile.
 */
export const isWellForKnown = ({ findings, verdicts }: Pick<Decision, 'findings' | 'verdicts'>): boolean => {
  const waiting = awaitingAWord(findings);
  const isWaiting = (id: string): boolean => waiting.has(id.toLowerCase());
  const ofOthers = findings.map((one) => ({ ...one, harm: one.harm.filter((harm) => !isWaiting(harm.consumerId)) }));
  return isHealthy(ofOthers) && verdicts.every(({ step }) => step.serves.length > 0 && step.serves.every(isWaiting));
};
