import { rootCauses } from '../../remediation/diagnosis/root-causes.ts';
import { keyOf } from '../../remediation/model/key-ref.ts';
import type { Head } from '../../remediation/protocol/ledger.ts';
import type { AssessRecord } from '../../store/incidents.ts';
import type { Guardian } from '../guardian.ts';
import { RECORDED_SHAPE } from '../memory/recorded-shape.ts';
import type { RecordInput } from '../messages.ts';
import { recordOnce } from '../record.ts';
import { incidentEvents } from './incident-events.ts';
import { decisionId, entriesOf } from './ledger-entries.ts';
import { measureIncident } from './measure-incident.ts';
import { standingChange } from './standing-change.ts';
import { tell } from './tell.ts';

const recordOf = ({ at, assessment }: RecordInput): AssessRecord => {
  const { decision, fingerprint, incident, evidence, opens, closes, openedAt, baseline, inAuto } = assessment;
  const ends = { id: incident ?? '', openedAt: openedAt ?? at };
  const { standsSince } = assessment;
  const asks =
    standsSince === undefined && decision.verdicts.some(({ verdict }) => verdict === 'ask') && incident !== undefined;
  const { planId, steps } = decision.plan;
  return {
    verdict: {
      at: standsSince ?? at,
      decision,
      fingerprint,
      shape: RECORDED_SHAPE,
      ...(incident && { incident }),
      ...(evidence && { evidence }),
      ...(assessment.since && { since: assessment.since }),
      ...(assessment.owners && { owners: assessment.owners }),
      writtenAt: new Date().toISOString(),
      ...(inAuto && { inAuto: inAuto.id }),
    },
    ...(opens && { opened: ends }),
    ...(closes && { closed: { ...ends, closedAt: at } }),
    ...(asks && { asked: { planId, incident, at, stepIds: steps.map(({ stepId }) => stepId), steps } }),
    ...(baseline !== undefined && { baseline }),
  };
};

/** Enters the news in the key's chain. Where that chain is broken, enters its fault in the product's chain. */
const enter = async (guardian: Guardian, input: RecordInput): Promise<Head> => {
  const { keyId, assessment } = input;
  const { broken, decision, head } = assessment;
  if (broken === undefined)
    return guardian.store.ledger.append(keyId, head, entriesOf(input, standingChange(guardian, decision)));
  await recordOnce(guardian, 'the ledger of a key is not intact', { key: keyId, fault: broken });
  return head;
};

/**
 * Writes the causes, and the verdict with the incident that it opens or closes and the plan that it asks. Only the run
 * that opens or closes an incident measures it, because an activity may run twice.
 */
const keep = async ({ store }: Guardian, input: RecordInput): Promise<void> => {
  const { keyId, at, assessment } = input;
  const { decision, opens } = assessment;
  const causes = assessment.causes ?? (opens ? rootCauses(decision.findings, keyOf(keyId)) : []);
  if (causes.length > 0) await store.records.rememberCauses(causes.map((cause) => ({ cause, at })));
  if (await store.incidents.record(keyId, recordOf(input))) measureIncident(input);
};

/** Notes the place of the ledger entry about mode auto under its day, so that a report by day finds it. */
const noteInAuto = async ({ store }: Guardian, input: RecordInput): Promise<void> => {
  const { keyId, at, assessment } = input;
  if (assessment.inAuto?.news === undefined || assessment.broken !== undefined) return;
  await store.wouldHave.note({ keyId, at, entry: decisionId(input) });
};

/**
 * Enters the news in the ledger, then in the rows, then tells people and the product's topic. An unchanged verdict
 * causes none of these writes, with two exceptions: a person has rejected the asked plan, or the text in the row has
 * changed (the end of a pause, the last refusal of Azure).
 */
export const recordAssessment = async (guardian: Guardian, input: RecordInput): Promise<Head> => {
  const { store } = guardian;
  const { keyId, assessment } = input;
  const { changed, closes, baseline } = assessment;
  // The attempts are written before their outcomes: once an outcome is in the ledger, nothing searches for the dead
  // step again.
  for (const { owner: _owner, ...ended } of assessment.dead) await store.records.stepEnded(keyId, ended);
  const head = await enter(guardian, input);
  await noteInAuto(guardian, input);
  const isNews = changed || closes || baseline !== undefined || assessment.standsSince !== undefined;
  if (isNews) await keep(guardian, input);
  if (changed || assessment.said.some(({ kind }) => kind === 'rejected')) await tell(guardian, input);
  await guardian.publish(incidentEvents(input));
  return head;
};
