import type { Activity } from '../../azure/connection/activity-log.ts';
import { type Fact, unknown } from '../../remediation/model/facts.ts';
import { type KeyRef, keyId } from '../../remediation/model/key-ref.ts';
import type { Step } from '../../remediation/steps/step.ts';
import { STEPS, type StepKind } from '../../remediation/steps/steps.ts';
import type { Guardian } from '../guardian.ts';
import { inWords, type Undone } from './undone.ts';

/**
 * An act shows in the log after 3 to 10 minutes, so the last act may be missing. The act before the first repair,
 * usually by the same person, is in the log already: the query begins an hour before that repair.
 */
const BEFORE_MS = 3_600_000;

const NO_SOURCE =
  'Who did that is unknown: no audit source. What is done to a key itself, its deletion, its expiry or its being disabled, is in no activity log; only the audit log of the vault has it. Fix: GUARDIAN_AUDIT_WORKSPACE names the workspace where it goes.';

const GONE: readonly string[] = ['KeyDelete', 'KeyPurge'];

/**
 * The operations that undo a step: the deletion of the key for a step that brings the key back, else a change of
 * attributes.
 */
const undoingOf = (kind: StepKind): readonly string[] => (STEPS[kind].gives === 'key' ? GONE : ['KeyUpdate']);

const sentenceOf = ({ kind }: Step, log: Fact<readonly Activity[]>, ours: ReadonlySet<string>): string => {
  if (log.kind === 'absent') return NO_SOURCE;
  if (log.kind === 'unknown') return `Who did that is unknown: ${log.reason}`;
  const undoing = undoingOf(kind);
  const acts = log.value.filter((act) => undoing.includes(act.operation) && !ours.has(act.correlationId));
  return acts.length === 0
    ? 'Who did that is unknown: the audit log, which lags behind by minutes, shows no such act of anybody else.'
    : `The audit log shows since an hour before the first of these repairs: ${inWords(acts)}.`;
};

const keyIn = ({ parameters }: Step): KeyRef | undefined => ('key' in parameters ? parameters.key : undefined);

/**
 * Who undoes a step on the key itself, by the id of the step: from the audit log, with one query for the key and all
 * its steps.
 */
export const undoneInAuditLog = async (
  { azure }: Pick<Guardian, 'azure'>,
  undone: readonly Undone[],
  ours: ReadonlySet<string>,
): Promise<readonly (readonly [stepId: string, sentence: string])[]> => {
  const byKey = Map.groupBy(undone, ({ step }) => {
    const key = keyIn(step);
    return key && keyId(key);
  });
  const asked = [...byKey.values()].map(async (those) => {
    const [first] = those.map(({ since }) => since).toSorted();
    const key = those[0] && keyIn(those[0].step);
    const from = new Date(Date.parse(first ?? '') - BEFORE_MS).toISOString();
    const why = (error: unknown): string => (error instanceof Error ? error.message : String(error));
    const log = key
      ? await azure.keyActsSince(key, from).catch((error) => unknown(why(error)))
      : unknown('the step names no key');
    return those.map(({ step }) => [step.stepId, sentenceOf(step, log, ours)] as const);
  });
  return (await Promise.all(asked)).flat();
};
