import type { Activity } from '../../azure/connection/activity-log.ts';
import { type Fact, unknown } from '../../remediation/model/facts.ts';
import type { PolicyRecords } from '../../remediation/model/records.ts';
import { parseResourceId } from '../../remediation/model/resource-id.ts';
import { didNotLast } from '../../remediation/policy/did-not-last.ts';
import type { LedgerRow } from '../../remediation/protocol/ledger.ts';
import type { Step } from '../../remediation/steps/step.ts';
import { STEPS } from '../../remediation/steps/steps.ts';
import type { Guardian } from '../guardian.ts';
import type { Repair } from '../memory/known.ts';
import { inWords, type Undone } from './undone.ts';
import { undoneInAuditLog } from './undone-in-audit-log.ts';

/** The most resources whose log one look reads. */
const MOST = 3;

const sentenceOf = (log: Fact<readonly Activity[]>, ours: ReadonlySet<string>): string => {
  if (log.kind !== 'present') return 'Who did that is unknown: the activity log could not be read.';
  const others = log.value.filter(({ correlationId }) => !ours.has(correlationId));
  return others.length === 0
    ? 'Who did that is unknown: the activity log, which lags behind by minutes, shows no write of anybody else to it.'
    : `The activity log shows since the first of these repairs: ${inWords(others)}.`;
};

/** The resource whose writes may undo a step: the target, or its vault where the target is a part of a vault. */
const resourceOf = ({ parameters, target }: Step): string =>
  parseResourceId(target) === undefined ? parameters.vaultId : target;

type Said = readonly (readonly [stepId: string, sentence: string])[];

const undoneInActivityLog = async (
  { azure }: Pick<Guardian, 'azure'>,
  undone: readonly Undone[],
  ours: ReadonlySet<string>,
  now: Date,
): Promise<Said> => {
  const said: (readonly [string, string])[] = [];
  const logs = Object.entries(Object.groupBy(undone, ({ step }) => resourceOf(step).toLowerCase()));
  for (const [resource, those = []] of logs.slice(0, MOST)) {
    const from = those.map(({ since }) => since).toSorted()[0] ?? now.toISOString();
    const log = await azure.activitySince(resource, from).catch(() => unknown('Azure did not answer'));
    said.push(...those.map(({ step }) => [step.stepId, sentenceOf(log, ours)] as const));
  }
  return said;
};

/**
 * Who may keep undoing a repair, by the id of the step. The source is the activity log of the resource, with one ARM
 * call for each, or the audit log of the vault. The logs are read only where a needed step was already done within the
 * last day. `chain`: the key's ledger, which holds the product's own writes.
 */
export const undoneBy = async (
  guardian: Pick<Guardian, 'azure'>,
  steps: readonly Step[],
  repairs: readonly Repair[],
  chain: readonly LedgerRow[],
  now: Date,
): Promise<Pick<PolicyRecords, 'undoneBy'>> => {
  const undone = steps.flatMap((step): readonly Undone[] => {
    const [since] = didNotLast(step, { repairs }, now);
    return since === undefined ? [] : [{ step, since }];
  });
  if (undone.length === 0) return {};
  const ours = new Set(chain.flatMap(({ correlationIds }) => correlationIds));
  const of = (log: 'activityLog' | 'auditLog') => undone.filter(({ step }) => STEPS[step.kind].undoneIn === log);
  const said = await Promise.all([
    undoneInActivityLog(guardian, of('activityLog'), ours, now),
    undoneInAuditLog(guardian, of('auditLog'), ours),
  ]);
  return { undoneBy: Object.fromEntries(said.flat()) };
};
