import { useUp } from '../../remediation/protocol/approval.ts';
import { type Believed, enteredIn, provenIn } from '../../remediation/protocol/believe.ts';
import { type LedgerRow, openIntents } from '../../remediation/protocol/ledger.ts';
import type { EndedStep, KeyState } from '../../store/key-state.ts';
import type { Durable } from '../guardian.ts';
import type { DeadStep } from '../messages.ts';

const WHY = 'The step died after its intent: nobody knows whether it wrote.';
const INTENT = '.intent';

/** The time is that of the intent: a dead step that is found twice is the same attempt. */
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

/**
 * Invariant `the-ledger-proves`: intents without an outcome whose step does not live any more. Only proven intents
 * count: a step sends nothing before its intent has an anchor, and the outcome that is entered here must not make a
 * forged row count.
 */
export const findDeadSteps = async (isAlive: Durable['isAlive'], believed: Believed): Promise<readonly DeadStep[]> =>
  (await openSteps(isAlive, believed)).flatMap(({ lives, step }) => (lives ? [] : [step]));

/** A step that has entered its intent, lives, and has not ended. `at`: when it began (ISO 8601). */
export type LivingStep = Omit<DeadStep, 'outcome' | 'why'>;

/** The steps at work: intents without an outcome whose step lives. */
export const livingSteps = async (isAlive: Durable['isAlive'], believed: Believed): Promise<readonly LivingStep[]> =>
  (await openSteps(isAlive, believed)).flatMap(({ lives, step }) => (lives ? [step] : []));

const openSteps = async (isAlive: Durable['isAlive'], believed: Believed) => {
  const proven = new Set(provenIn(believed));
  const open = openIntents(enteredIn(believed)).filter((row) => proven.has(row));
  return Promise.all(open.map(toDeadStep).map(async (step) => ({ step, lives: await isAlive(step.owner) })));
};

/** The state as it is once these dead steps are recorded: the policy must count them before it decides again. */
export const withDeadSteps = (state: KeyState, dead: readonly DeadStep[]): KeyState => ({
  ...state,
  attempts: [...state.attempts, ...dead],
  approvals: state.approvals.map((row) => dead.reduce((left, { stepId }) => useUp(left, stepId) ?? left, row)),
});
