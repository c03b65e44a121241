import type { Activity } from '../../azure/connection/activity-log.ts';
import { type Fact, type KeyObservation, unknown } from '../../remediation/model/facts.ts';
import type { PolicyRecords } from '../../remediation/model/records.ts';
import type { LedgerRow } from '../../remediation/protocol/ledger.ts';
import { isContested } from '../../remediation/steps/contested.ts';
import type { Guardian } from '../guardian.ts';
import type { Repair } from '../memory/known.ts';

/** A step that was done so often within a day is undone by something; see the rule `tugOfWar`. */
const OFTEN = 3;
/** The last of them are what undid the last repair. */
const SHOWN = 3;

const contested = (repairs: readonly Repair[]): readonly Repair[] => {
  const acts = repairs.filter(({ step }) => isContested(step));
  const often = Object.values(Object.groupBy(acts, ({ stepId }) => stepId)).filter((same = []) => same.length >= OFTEN);
  return often.flatMap((same = []) => same);
};

const inWords = ({ at, operation, caller }: Activity): string => `${caller} (${operation} at ${at})`;

const sentenceOf = (log: Fact<readonly Activity[]>, ours: ReadonlySet<string>): string => {
  if (log.kind !== 'present') return 'The activity log, which might say who, could not be read.';
  const others = log.value.filter(({ correlationId }) => !ours.has(correlationId)).slice(-SHOWN);
  return others.length === 0
    ? 'The activity log shows no write of anybody else to the vault; what is done to a key itself it does not see.'
    : `The activity log shows since the first of these repairs: ${others.map(inWords).join(', ')}.`;
};

/**
 * Who may keep undoing what is repaired, from the activity log of the vault: one more ARM call, and only in that case.
 * `chain`: the key's ledger, which knows what we wrote ourselves.
 */
export const undoneBy = async (
  { azure }: Pick<Guardian, 'azure'>,
  { vault }: Pick<KeyObservation, 'vault'>,
  repairs: readonly Repair[],
  chain: readonly LedgerRow[],
): Promise<Pick<PolicyRecords, 'undoneBy'>> => {
  const [first] = contested(repairs);
  if (first === undefined || vault.kind !== 'present') return {};
  const log = await azure.activitySince(vault.value.id, first.at).catch(() => unknown('Azure did not answer'));
  return { undoneBy: sentenceOf(log, new Set(chain.flatMap(({ correlationIds }) => correlationIds))) };
};
