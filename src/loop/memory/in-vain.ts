import { type Finding, findingId } from '../../remediation/model/findings.ts';
import { isDueAgain } from '../../remediation/observation/asked-in-vain.ts';
import type { KeyState } from '../../store/key-state.ts';

type Said = Pick<KeyState, 'baseline' | 'consumers' | 'row' | 'verdict'>;

/** It was never seen well: whoever may create a consumer can have named it. */
export const isOfNobody = ({ baseline, consumers }: Pick<KeyState, 'baseline' | 'consumers'>): boolean =>
  baseline === undefined && consumers?.inVain !== undefined;

/** People were told, nothing waits for them, and no wake-up is left without its look. */
const isTold = ({ row, verdict }: Said): boolean =>
  row.wanted <= row.assessed && verdict !== undefined && !['ask', 'run'].includes(verdict.decision.kind);

/** A key of nobody that is left alone for now: nothing was learnt of it the last times, and it is not its time again. */
export const isLeftAlone = (state: Said, now: Date): boolean => {
  const { inVain } = state.consumers ?? {};
  return inVain !== undefined && isOfNobody(state) && isTold(state) && !isDueAgain(inVain, now);
};

/**
 * Whether a look at the key would only find what was recorded: nothing is learnt of it still, and nothing else is wrong. One that
 * was seen well is looked at whenever it is its time again, one of nobody when something changes.
 */
export const isNothingNew = (state: Said, findings: readonly Finding[], isLearnt: boolean, now: Date): boolean => {
  const { inVain } = state.consumers ?? {};
  if (isLearnt || inVain === undefined || !isTold(state)) return false;
  const recorded = new Set(state.verdict?.decision.findings.map(findingId));
  if (findings.some((finding) => !recorded.has(findingId(finding)))) return false;
  return isOfNobody(state) || !isDueAgain(inVain, now);
};
