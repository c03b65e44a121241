import { rootCauses } from '../../remediation/diagnosis/root-causes.ts';
import { keyOf } from '../../remediation/model/key-ref.ts';
import type { Head } from '../../remediation/protocol/ledger.ts';
import type { AssessRecord } from '../../store/incidents.ts';
import type { Guardian } from '../guardian.ts';
import { RECORDED_SHAPE } from '../memory/recorded-shape.ts';
import type { RecordInput } from '../messages.ts';
import { entriesOf } from './ledger-entries.ts';

const recordOf = ({ at, assessment }: RecordInput): AssessRecord => {
  const { decision, fingerprint, incident, evidence, opens, closes, openedAt, baseline } = assessment;
  const ends = { id: incident ?? '', openedAt: openedAt ?? at };
  const asks = decision.verdicts.some(({ verdict }) => verdict === 'ask') && incident !== undefined;
  const { planId, steps } = decision.plan;
  return {
    verdict: {
      at,
      decision,
      fingerprint,
      shape: RECORDED_SHAPE,
      ...(incident && { incident }),
      ...(evidence && { evidence }),
    },
    ...(opens && { opened: ends }),
    ...(closes && { closed: { ...ends, closedAt: at } }),
    ...(asks && { asked: { planId, incident, at, stepIds: steps.map(({ stepId }) => stepId), steps } }),
    ...(baseline !== undefined && { baseline }),
  };
};

const noticeOf = ({ keyId, assessment }: RecordInput) => {
  const { decision, incident } = assessment;
  const { planId, steps } = decision.plan;
  return {
    keyId,
    verdict: decision.kind,
    ...(incident !== undefined && { incident }),
    ...(steps.length > 0 && { planId }),
    sentences: [
      ...decision.findings.map(({ sentence }) => sentence),
      ...decision.verdicts.map((one) =>
        one.verdict === 'run' ? one.step.sentence : `${one.step.sentence} ${one.why}`,
      ),
      ...decision.notes,
    ],
  };
};

/** Enters what is new in the ledger, then in the rows, then tells people. An unchanged verdict does none of it. */
export const recordAssessment = async (guardian: Guardian, input: RecordInput): Promise<Head> => {
  const { store } = guardian;
  const { keyId, at, assessment } = input;
  const { changed, closes, baseline, opens, decision } = assessment;
  // Before their outcomes: an outcome that is entered is looked for no more.
  for (const { owner: _owner, ...ended } of assessment.dead) await store.records.stepEnded(keyId, ended);
  const head = await store.ledger.append(keyId, assessment.head, entriesOf(input));
  if (!changed && !closes && baseline === undefined) return head;
  if (opens) {
    const causes = rootCauses(decision.findings, keyOf(keyId)).map((cause) => ({ cause, at }));
    await store.records.rememberCauses(causes);
  }
  await store.incidents.record(keyId, recordOf(input));
  if (changed) await guardian.notify(noticeOf(input));
  return head;
};
