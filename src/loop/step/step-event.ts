import type { GuardianEvent } from '../../notifications/event-data.ts';
import { brief, eventOf, few, type Happened } from '../event-of.ts';
import type { StepResult } from '../messages.ts';

export type EndedRun = Happened & {
  readonly incident: string;
  readonly step: string;
  readonly stepId: string;
  readonly target: string;
};

/**
 * The event about the end of a step. `what` is the id of its outcome in the ledger, so that a second writer raises the
 * same event.
 */
export const stepEvent = (
  { incident, step, stepId, target, ...happened }: EndedRun,
  { outcome, why, correlationIds }: Pick<StepResult, 'outcome' | 'why' | 'correlationIds'>,
): GuardianEvent => {
  const { keyId: key } = happened;
  const ended = { key, incident, step, stepId, target, why: brief(why), correlationIds: few(correlationIds) };
  return outcome === 'done'
    ? eventOf('CmkGuardian.Incident.StepDone', happened, ended)
    : eventOf('CmkGuardian.Incident.StepNotDone', happened, { ...ended, outcome });
};
