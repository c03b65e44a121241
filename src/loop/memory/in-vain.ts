import { type Finding, findingId } from '../../remediation/model/findings.ts';
import { isDueAgain } from '../../remediation/observation/asked-in-vain.ts';
import type { KeyState } from '../../store/key-state.ts';

type Said = Pick<KeyState, 'baseline' | 'consumers' | 'row' | 'verdict'>;

/**
 * A key without a baseline, of which the last looks learnt nothing. It may be only a name that a person wrote into a
 * new consumer.
 */
export const isOfNobody = ({ baseline, consumers }: Pick<KeyState, 'baseline' | 'consumers'>): boolean =>
  baseline === undefined && consumers?.inVain !== undefined;

/** People were told of the verdict, it asks and runs nothing, and an assess has followed every wake-up. */
const isTold = ({ row, verdict }: Said): boolean =>
  row.wanted <= row.assessed && verdict !== undefined && !['ask', 'run'].includes(verdict.decision.kind);

/**
 * Whether the sweep skips the key for now: the key was never seen healthy, the last looks learnt nothing, and its pause
 * has not ended.
 */
export const isLeftAlone = (state: Said, now: Date): boolean => {
  const { inVain } = state.consumers ?? {};
  return inVain !== undefined && isOfNobody(state) && isTold(state) && !isDueAgain(inVain, now);
};

/**
 * Whether a look would only find what is recorded: still nothing can be learnt of the key, and there is no new finding.
 * A key with a baseline is looked at whenever its pause ends; a key without one only when something changes.
 */
export const isNothingNew = (state: Said, findings: readonly Finding[], isLearnt: boolean, now: Date): boolean => {
  const { inVain } = state.consumers ?? {};
  if (isLearnt || inVain === undefined || !isTold(state)) return false;
  const recorded = new Set(state.verdict?.decision.findings.map(findingId));
  if (findings.some((finding) => !recorded.has(findingId(finding)))) return false;
  return isOfNobody(state) || !isDueAgain(inVain, now);
};
