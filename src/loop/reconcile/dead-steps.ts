import { useUp } from '../../remediation/protocol/approval.ts';
import { type LedgerRow, openIntents } from '../../remediation/protocol/ledger.ts';
import type { EndedStep, KeyState } from '../../store/key-state.ts';
import type { Durable } from '../guardian.ts';
import type { DeadStep } from '../messages.ts';

const WHY = 'The step died after its intent: nobody knows whether it wrote.';
const INTENT = '.intent';

/** The time is that of the intent: found twice, it is the same attempt. */
const toDeadStep = ({ id, incident = '', step = '', stepId = '', target = '', at }: LedgerRow): DeadStep => ({
  owner: id.slice(0, -INTENT.length),
  incident,
  step: step as EndedStep['step'],
  stepId,
  target,
  outcome: 'unknown',
  why: WHY,
  at,
});

/** Invariant 10: intents without an outcome whose step does not live any more. */
export const findDeadSteps = async (
  isAlive: Durable['isAlive'],
  rows: readonly LedgerRow[],
): Promise<readonly DeadStep[]> => {
  const open = openIntents(rows).map(toDeadStep);
  const alive = await Promise.all(open.map(({ owner }) => isAlive(owner)));
  return open.filter((_, index) => !alive[index]);
};

/** The state as it is once these deaths are recorded: policy must count them before it decides again. */
export const withDeadSteps = (state: KeyState, dead: readonly DeadStep[]): KeyState => ({
  ...state,
  attempts: [...state.attempts, ...dead],
  approvals: state.approvals.map((row) => dead.reduce((left, { stepId }) => useUp(left, stepId) ?? left, row)),
});
