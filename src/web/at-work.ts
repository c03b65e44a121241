import type { Durable, Guardian } from '../loop/guardian.ts';
import { livingSteps } from '../loop/reconcile/dead-steps.ts';
import type { Decision } from '../remediation/policy/policy-types.ts';
import type { AskedOfKey } from './asked-plans.ts';
import { type DoorAnswer, refusal } from './door.ts';

/** A step that may have been sent to Azure already. `since`: ISO 8601. */
type AtWork = { readonly step: string; readonly target: string; readonly since: string };

/** What a person reads of it. */
type Told = AtWork & { readonly sentence: string };

/**
 * A step that waits for its next try is not at work: the product decides at that time whether to try, and a rejection before that
 * stops it.
 */
const isWaiting = ({ attemptsAt = [] }: Decision['plan']['steps'][number], now: string): boolean =>
  attemptsAt.some((at) => at > now);

/**
 * Refuses a rejection that comes too late: every step that is left of the plan is at work, as the ledger and Durable Functions
 * show. `undefined` where a rejection still stops at least one step.
 */
export const alreadyApplied = async (
  { store }: Pick<Guardian, 'store'>,
  durable: Pick<Durable, 'isAlive'>,
  { state: { keyId }, asked: { incident } }: AskedOfKey,
  { plan: { steps } }: Pick<Decision, 'plan'>,
): Promise<DoorAnswer | undefined> => {
  const now = new Date().toISOString();
  const alive = await livingSteps(durable.isAlive, await store.ledger.believe(keyId));
  const begun = new Map(alive.filter((one) => one.incident === incident).map(({ stepId, at }) => [stepId, at]));
  const atWork = steps.flatMap((one): readonly Told[] => {
    const since = begun.get(one.stepId);
    return since === undefined || isWaiting(one, now)
      ? []
      : [{ step: one.kind, target: one.target, since, sentence: one.sentence }];
  });
  if (atWork.length < steps.length) return undefined;
  const words = atWork.map(
    ({ sentence, since }) => `"${sentence.replace(/\.$/, '')}" is already being applied since ${since}`,
  );
  return refusal(
    409,
    'AlreadyApplied',
    `It is too late to reject this: ${words.join('; ')}. Nothing was recorded. Where it does not succeed, reject it then; GET /api/incidents/${incident} shows how it ends, and its undo.`,
    { atWork: atWork.map(({ sentence: _, ...one }): AtWork => one) },
  );
};
