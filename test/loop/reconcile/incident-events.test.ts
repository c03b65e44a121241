import { describe, expect, it } from 'vitest';
import type { Assessed, RecordInput } from '../../../src/loop/messages.ts';
import { incidentEvents } from '../../../src/loop/reconcile/incident-events.ts';
import { stepEvent } from '../../../src/loop/step/step-event.ts';
import type { GuardianEvent } from '../../../src/notifications/event-data.ts';
import { keyId } from '../../../src/remediation/model/key-ref.ts';
import { assessed, did, stepOf } from '../../builders/assessed.ts';
import { anObservation, aSingleServer, aVersion, inaccessible, inDays, NOW, V1 } from '../../builders/observation.ts';
import { policyIn } from '../../builders/policy.ts';
import { faultOfEvent } from '../../builders/valid-event.ts';

const ill = anObservation(
  [aVersion(V1, { expiresOn: inDays(-1) })],
  [aSingleServer('orders', { state: inaccessible })],
);
const KEY = keyId(ill.key);
const INCIDENT = '20260302T000000Z-1a2b3c4d';
const running = assessed(ill);
const asking = assessed(ill, { policy: policyIn('approve') });
const well = { ...running, kind: 'healthy', findings: [], verdicts: [], notes: [] } as const;

/** The input of the record that follows an assess. */
const recordOf = (assessment: Partial<Assessed>, round = 0): RecordInput => ({
  keyId: KEY,
  number: 7,
  round,
  at: NOW.toISOString(),
  assessment: {
    kind: 'assessed',
    said: [],
    dead: [],
    decision: running,
    incident: INCIDENT,
    opens: false,
    closes: false,
    changed: true,
    ...assessment,
  } as unknown as Assessed,
});

const raised = (assessment: Partial<Assessed>): readonly GuardianEvent[] => {
  const events = incidentEvents(recordOf(assessment));
  expect(events.flatMap((event) => faultOfEvent(event) ?? [])).toEqual([]);
  return events;
};

const typesOf = (events: readonly GuardianEvent[]): readonly string[] =>
  events.map(({ type }) => type.replace('CmkGuardian.', ''));

describe('What an assess tells the topic', () => {
  it('is that an incident was opened: what is wrong, who is affected, and what is done about it', () => {
    const [event, ...more] = raised({ opens: true });
    expect(more).toEqual([]);
    expect(event).toMatchObject({
      type: 'CmkGuardian.Incident.Opened',
      subject: KEY,
      time: NOW.toISOString(),
      data: { key: KEY, incident: INCIDENT, verdict: 'run', consumers: [aSingleServer('orders').id] },
    });
  });

  it('is what is asked, by the id of its plan', () => {
    const events = raised({ opens: true, decision: asking });
    expect(typesOf(events)).toEqual(['Incident.Opened', 'Incident.Asked']);
    expect(events[1]?.data).toMatchObject({ planId: asking.plan.planId, steps: [{ step: 'extendKeyExpiry' }, {}] });
  });

  it('is nothing where the verdict is the one that was recorded', () => {
    expect(raised({ decision: asking, changed: false })).toEqual([]);
    expect(raised({})).toEqual([]);
  });

  it('is the word of a person, under an id that the word has, whoever reads it', () => {
    const said = [
      {
        id: 'approved.0123',
        at: NOW.toISOString(),
        kind: 'approved' as const,
        incident: INCIDENT,
        detail: { planId: asking.plan.planId, stepIds: [], by: 'ada', expires: inDays(1) },
        correlationIds: [],
      },
    ];
    const [one] = incidentEvents(recordOf({ said }));
    const [again] = incidentEvents(recordOf({ said }, 1));
    expect(typesOf(raised({ said }))).toEqual(['Incident.Approved']);
    expect(again?.id).toBe(one?.id);
  });

  it('is a no of a person, with its reason', () => {
    const detail = { planId: asking.plan.planId, stepIds: [], by: 'ada', name: 'Ada', why: 'On purpose.', down: [] };
    const said = [
      {
        id: 'rejected.0123',
        at: NOW.toISOString(),
        kind: 'rejected' as const,
        incident: INCIDENT,
        detail,
        correlationIds: [],
      },
    ];
    const [event] = raised({ said });
    expect(event).toMatchObject({
      type: 'CmkGuardian.Incident.Rejected',
      data: { planId: asking.plan.planId, by: 'ada', why: 'On purpose.' },
    });
  });

  it('is that nobody is affected any more, and how long it took', () => {
    const openedAt = new Date(NOW.getTime() - 93_000).toISOString();
    const [event] = raised({ closes: true, decision: well, openedAt });
    expect(event).toMatchObject({ type: 'CmkGuardian.Incident.Healed', data: { seconds: 93, openedAt } });
  });

  it('is that it ends with somebody who was let go, and then not that anybody is well again', () => {
    const letGo = [aSingleServer('orders').id];
    const events = raised({ closes: true, decision: well, openedAt: NOW.toISOString(), letGo });
    expect(typesOf(events)).toEqual(['Incident.LetGo']);
    expect(events[0]?.data).toMatchObject({ incident: INCIDENT, consumers: letGo });
  });

  it('is that a repair is given up, with the reason', () => {
    const extend = stepOf(running, 'extendKeyExpiry');
    const tried = [60, 40, 20].map((minutesAgo) => did(extend, minutesAgo, 'blocked'));
    const decision = assessed(ill, { known: { attempts: tried } });
    expect(decision.verdicts.map(({ givenUp }) => givenUp)).toContain(true);
    const [event] = raised({ decision, givesUp: true });
    expect(event).toMatchObject({
      type: 'CmkGuardian.Incident.GivenUp',
      data: { sentences: [expect.stringContaining('Azure said so')] },
    });
    const once = assessed(ill, { known: { attempts: tried.slice(2) } });
    expect(once.verdicts.map(({ givenUp }) => givenUp)).not.toContain(true);
  });

  it('is that sight was lost, and that it is back', () => {
    expect(
      typesOf(raised({ sight: 'lost', decision: { ...well, kind: 'unseen', notes: ['Open the firewall.'] } })),
    ).toEqual(['Key.SightLost']);
    expect(typesOf(raised({ sight: 'back', decision: well }))).toEqual(['Key.SightBack']);
  });

  it('of a step that died is the event that the step itself would have raised', () => {
    const { stepId, target } = stepOf(running, 'extendKeyExpiry');
    const dead = [
      {
        owner: 'step-1',
        step: 'extendKeyExpiry',
        stepId,
        target,
        incident: INCIDENT,
        at: '',
        why: 'It died.',
        outcome: 'unknown',
      },
    ] as const;
    const [event] = raised({ dead });
    const own = stepEvent(
      {
        keyId: KEY,
        what: 'step-1.outcome',
        at: inDays(1),
        incident: INCIDENT,
        step: 'extendKeyExpiry',
        stepId,
        target,
      },
      { outcome: 'failed', why: 'later', correlationIds: [] },
    );
    expect(event).toMatchObject({ type: 'CmkGuardian.Incident.StepNotDone', data: { outcome: 'unknown' } });
    expect(event?.id).toBe(own.id);
  });

  it('has the same id however often it is raised, and another one in another round', () => {
    const idsIn = (round: number) => incidentEvents(recordOf({ opens: true }, round)).map(({ id }) => id);
    expect(idsIn(0)).toEqual(idsIn(0));
    expect(idsIn(1)).not.toEqual(idsIn(0));
  });
});
