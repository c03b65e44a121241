import { type Finding, isHealthy } from '../model/findings.ts';
import type { Decision } from './policy-types.ts';

/** Ids, lower-cased, of the copies for which a person has yet to say whether they belong here. */
const awaitingAWord = (findings: readonly Finding[]): ReadonlySet<string> =>
  new Set(
    findings
      .filter(({ kind, evidence }) => kind === 'copyAwaitingAccess' && evidence['lineage'] === 'unproven')
      .map(({ target }) => target),
  );

/**
 * Whether all consumers that are known to belong here are healthy. Somebody may make a server that names the key and waits for an
 * approval that never comes: that server must not stop the product from recording which consumers join the key meanwhile.
 */
export const isWellForKnown = ({ findings, verdicts }: Pick<Decision, 'findings' | 'verdicts'>): boolean => {
  const waiting = awaitingAWord(findings);
  const isWaiting = (id: string): boolean => waiting.has(id.toLowerCase());
  const ofOthers = findings.map((one) => ({ ...one, harm: one.harm.filter((harm) => !isWaiting(harm.consumerId)) }));
  return isHealthy(ofOthers) && verdicts.every(({ step }) => step.serves.length > 0 && step.serves.every(isWaiting));
};
