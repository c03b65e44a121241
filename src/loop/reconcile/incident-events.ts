import type { GuardianEvent } from '../../notifications/event-data.ts';
import { hasImpact } from '../../remediation/model/findings.ts';
import type { LedgerEntry } from '../../remediation/protocol/ledger.ts';
import { brief, eventOf, few, type Happened } from '../event-of.ts';
import type { Assessed, RecordInput } from '../messages.ts';
import { stepEvent } from '../step/step-event.ts';

type Happening = (what: string) => Happened;

/** The ARM ids of all consumers that are affected now or soon, each once. */
const affectedIn = ({ findings }: Assessed['decision']): readonly string[] =>
  few([
    ...new Set(findings.flatMap(({ harm }) => harm.flatMap((one) => (one.level === 'none' ? [] : [one.consumerId])))),
  ]);

const opened = (input: RecordInput, happening: Happening): readonly GuardianEvent[] => {
  const { keyId: key, assessment } = input;
  const { decision, incident, opens } = assessment;
  if (!opens || incident === undefined) return [];
  const findings = few(decision.findings.filter(hasImpact)).map(({ kind, target, sentence }) => ({
    kind,
    target,
    sentence: brief(sentence),
  }));
  const data = { key, incident, consumers: affectedIn(decision), verdict: decision.kind, findings };
  return [eventOf('CmkGuardian.Incident.Opened', happening('opened'), data)];
};

const asked = ({ keyId: key, assessment }: RecordInput, happening: Happening): readonly GuardianEvent[] => {
  const { changed, decision, incident } = assessment;
  const steps = decision.verdicts.flatMap(({ verdict, step }) => (verdict === 'ask' ? [step] : []));
  if (!changed || incident === undefined || steps.length === 0) return [];
  const named = few(steps).map(({ kind, target, sentence }) => ({ step: kind, target, sentence: brief(sentence) }));
  const data = { key, incident, consumers: affectedIn(decision), planId: decision.plan.planId, steps: named };
  return [eventOf('CmkGuardian.Incident.Asked', happening('asked'), data)];
};

/** An approval, rejection or request of a person has an id of its own in the ledger. */
const saidIn = (keyId: string, { kind, id, at, incident, detail }: LedgerEntry): readonly GuardianEvent[] => {
  if (incident === undefined) return [];
  const happened = { keyId, what: id, at };
  const { planId, by, expires, why } = detail as Readonly<Record<'planId' | 'by' | 'expires' | 'why', string>>;
  const said = { key: keyId, incident, planId, by };
  if (kind === 'approved') return [eventOf('CmkGuardian.Incident.Approved', happened, { ...said, expires })];
  if (kind === 'rejected') return [eventOf('CmkGuardian.Incident.Rejected', happened, { ...said, why: brief(why) })];
  return [];
};

const givenUp = ({ keyId: key, assessment }: RecordInput, happening: Happening): readonly GuardianEvent[] => {
  const { decision, givesUp, incident } = assessment;
  if (!givesUp || incident === undefined) return [];
  const sentences = few(
    decision.verdicts.flatMap((one) =>
      one.verdict === 'report' && one.givenUp ? [brief(`${one.step.sentence} ${one.why}`)] : [],
    ),
  );
  const data = { key, incident, consumers: affectedIn(decision), sentences };
  return [eventOf('CmkGuardian.Incident.GivenUp', happening('givenUp'), data)];
};

const closed = ({ keyId: key, at, assessment }: RecordInput, happening: Happening): readonly GuardianEvent[] => {
  const { closes, incident, letGo, openedAt = at } = assessment;
  if (!closes || incident === undefined) return [];
  if (letGo) {
    const data = { key, incident, consumers: few(letGo), openedAt };
    return [eventOf('CmkGuardian.Incident.LetGo', happening('letGo'), data)];
  }
  const seconds = Math.max(0, Math.round((Date.parse(at) - Date.parse(openedAt)) / 1_000));
  return [eventOf('CmkGuardian.Incident.Healed', happening('healed'), { key, incident, openedAt, seconds })];
};

const sight = ({ keyId: key, assessment }: RecordInput, happening: Happening): readonly GuardianEvent[] => {
  const { decision, sight: turned } = assessment;
  if (turned === 'back') return [eventOf('CmkGuardian.Key.SightBack', happening('sightBack'), { key })];
  if (turned !== 'lost') return [];
  const sentences = few([...decision.findings.map(({ sentence }) => sentence), ...decision.notes].map(brief));
  return [eventOf('CmkGuardian.Key.SightLost', happening('sightLost'), { key, sentences })];
};

/** The events of one assess for the product's topic: changes of the incident, and of whether the key can be seen. */
export const incidentEvents = (input: RecordInput): readonly GuardianEvent[] => {
  const { keyId, number, round, at, assessment } = input;
  const happening: Happening = (what) => ({ keyId, what: `${number}.${round}.${what}`, at });
  const dead = assessment.dead.map(({ owner, outcome: _outcome, ...step }) =>
    stepEvent(
      { ...step, keyId, what: `${owner}.outcome`, at },
      { outcome: 'unknown', why: step.why, correlationIds: [] },
    ),
  );
  return [
    ...sight(input, happening),
    ...opened(input, happening),
    ...assessment.said.flatMap((one) => saidIn(keyId, one)),
    ...dead,
    ...asked(input, happening),
    ...givenUp(input, happening),
    ...closed(input, happening),
  ];
};
