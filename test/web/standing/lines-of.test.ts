import { describe, expect, it } from 'vitest';
import { knownSince } from '../../../src/loop/reconcile/known-since.ts';
import { present, unknown } from '../../../src/remediation/model/facts.ts';
import { keyId } from '../../../src/remediation/model/key-ref.ts';
import type { Decision } from '../../../src/remediation/policy/policy-types.ts';
import { allLines, type Standing, wrongLines } from '../../../src/web/standing/lines-of.ts';
import { comparePlaces, linePlaceOf } from '../../../src/web/standing/order.ts';
import { assessed } from '../../builders/assessed.ts';
import { aBaseline } from '../../builders/baseline.ts';
import { expired } from '../../builders/decision.ts';
import {
  aFlexibleServer,
  anObservation,
  aSingleServer,
  aVersion,
  inaccessible,
  inDays,
  KEY,
  NOW,
  V1,
} from '../../builders/observation.ts';
import { policyIn } from '../../builders/policy.ts';

const AT = NOW.toISOString();
const LONG_AGO = inDays(-2);

const standing = (decision: Decision, changes: Partial<NonNullable<Standing['verdict']>> = {}): Standing => ({
  keyId: keyId(KEY),
  verdict: { at: AT, decision, fingerprint: 'f', ...changes },
  incident: undefined,
  failing: undefined,
});

const orders = aSingleServer('orders', { state: inaccessible });
const billing = aFlexibleServer('billing');
const known = { baseline: aBaseline([orders, billing]) };
const DELETED_ON = inDays(-1 / 288);
const deleted = {
  loss: present({ kind: 'deleted' as const, deletedOn: DELETED_ON, recoverableUntil: inDays(90), tags: {} }),
};
const lostKey = anObservation([[V1, { kind: 'absent' }]], [orders, billing], deleted);

describe('What is wrong with the consumers of a key', () => {
  it('is a line for each, by name, kind and fault, and what each has lost or will lose', () => {
    const [first, second, ...others] = wrongLines(standing(assessed(lostKey, { known })), NOW).toSorted((a, b) =>
      comparePlaces(linePlaceOf(a), linePlaceOf(b)),
    );
    expect(first).toMatchObject({
      consumer: { name: 'orders', kind: 'mysqlSingleServer' },
      fault: 'keyDeleted',
      otherFaults: ['consumerInaccessible'],
      impact: { kind: 'down', since: AT },
      since: DELETED_ON,
    });
    expect(second).toMatchObject({
      consumer: { name: 'billing', kind: 'mysqlFlexibleServer' },
      fault: 'keyDeleted',
      impact: { kind: 'losesKey', by: new Date(Date.parse(DELETED_ON) + 600_000).toISOString() },
      deadline: new Date(Date.parse(DELETED_ON) + 600_000).toISOString(),
    });
    expect(others).toEqual([]);
  });

  it('names the steps that are for it, and says that the product makes them by itself', () => {
    const lines = wrongLines(standing(assessed(lostKey, { known })), NOW);
    const [ofOrders] = lines.filter(({ consumer }) => consumer?.name === 'orders');
    expect(ofOrders?.plan?.steps.map(({ kind }) => kind)).toEqual(['recoverKey', 'revalidateConsumer']);
    expect(ofOrders?.nextAction).toMatchObject({
      kind: 'repairs',
      sentence: expect.stringMatching(/^Repairs by itself: /),
    });
  });

  it('says what is asked with the plan to be approved, and what holds a step that may not be made', () => {
    const asked = assessed(lostKey, { known, policy: policyIn('approve') });
    const [line] = wrongLines(standing(asked), NOW);
    expect(line?.nextAction).toMatchObject({
      kind: 'asks',
      sentence: expect.stringMatching(
        new RegExp(`^Asks: POST /api/plans/${asked.plan.planId}/approval or /rejection, `),
      ),
    });
    const [observed] = wrongLines(standing(assessed(lostKey, { known, policy: policyIn('observe') })), NOW);
    expect(observed?.nextAction).toMatchObject({
      kind: 'held',
      sentence: expect.stringMatching(
        /^Does nothing now\. Mode observe reports [^.]*\. What it would do: Recover .*\. Revalidate (?!.*Mode observe)/,
      ),
    });
  });

  it('is what could not be seen, and not health, where nothing could be read', () => {
    const blind = anObservation([[V1, unknown('403 Forbidden')]], [billing]);
    const [line] = wrongLines(standing(assessed(blind)), NOW);
    expect(line).toMatchObject({
      verdict: 'unseen',
      fault: 'observationIncomplete',
      impact: { kind: 'unclear' },
      nextAction: { kind: 'cannotSee' },
    });
  });

  it('says that a deadline has passed where nobody has looked since', () => {
    const later = new Date(NOW.getTime() + 3_600_000);
    const sentenceAt = (now: Date): string =>
      wrongLines(standing(assessed(lostKey, { known })), now).find(({ consumer }) => consumer?.name === 'billing')
        ?.sentence ?? '';
    expect(sentenceAt(NOW)).not.toContain('That time has passed');
    expect(sentenceAt(later)).toContain('That time has passed');
  });

  it('is old as the fault is, and not as the last verdict on it', () => {
    const decision = assessed(anObservation([aVersion(V1, { enabled: false })], [billing]), { known });
    const before = { at: LONG_AGO, decision, fingerprint: 'f' };
    const since = knownSince(decision, before, AT);
    expect(Object.values(since)).toEqual([LONG_AGO]);
    expect(wrongLines(standing(decision, { since }), NOW)).toMatchObject([{ since: LONG_AGO }]);
    expect(wrongLines(standing(decision), NOW)).toMatchObject([{ since: AT }]);
    expect(wrongLines({ ...standing(decision), incident: { id: 'i', openedAt: LONG_AGO } }, NOW)).toMatchObject([
      { since: LONG_AGO },
    ]);
  });

  it('is the expiry of an expired version since it expired, and down since that was seen', () => {
    const [line] = wrongLines(standing(assessed(anObservation([expired], [orders]), { known })), NOW);
    expect(line).toMatchObject({ fault: 'keyExpired', since: inDays(-1), impact: { kind: 'down', since: AT } });
  });

  it('names the incident that it belongs to, and of a key that is well none that is over', () => {
    const ill = assessed(lostKey, { known });
    expect(wrongLines(standing(ill, { incident: 'i' }), NOW)[0]).toMatchObject({ incident: 'i' });
    const well = standing(assessed(anObservation([aVersion(V1)], [billing]), { known }), { incident: 'i' });
    expect(allLines(well, NOW)).toMatchObject([{ verdict: 'healthy' }]);
    expect(allLines(well, NOW)[0]).not.toHaveProperty('incident');
    expect(allLines({ ...well, incident: { id: 'j', openedAt: AT } }, NOW)[0]).toMatchObject({ incident: 'j' });
  });

  it('is nothing of a key that is well, of which all tells its consumers', () => {
    const well = standing(
      assessed(anObservation([aVersion()], [billing]), { known: { baseline: aBaseline([billing]) } }),
    );
    expect(wrongLines(well, NOW)).toEqual([]);
    expect(allLines(well, NOW)).toMatchObject([{ verdict: 'healthy', nextAction: { kind: 'none' } }]);
    const read = { ...well, consumers: { at: AT, consumers: [billing] } };
    expect(allLines(read, NOW)).toMatchObject([{ consumer: { name: 'billing' }, verdict: 'healthy' }]);
  });

  it('is that it cannot be assessed, of a key that was well when it last could be', () => {
    const well = standing(
      assessed(anObservation([aVersion()], [billing]), { known: { baseline: aBaseline([billing]) } }),
    );
    const failing = { since: LONG_AGO, at: AT, times: 3, why: 'Error: no' };
    expect(wrongLines({ ...well, failing }, NOW)).toMatchObject([
      { fault: 'notAssessed', since: LONG_AGO, notAssessed: failing, nextAction: { kind: 'cannotSee' } },
    ]);
    expect(wrongLines({ ...well, failing: { ...failing, times: 2 } }, NOW)).toEqual([]);
  });

  it('comes down first, then by the nearest deadline, then asked, then what is only reported', () => {
    const soon = assessed(anObservation([aVersion(V1, { expiresOn: inDays(7) })], [aSingleServer('soon')]), { known });
    const down = assessed(anObservation([expired], [orders]), { known });
    const blind = assessed(anObservation([[V1, unknown('403')]], [billing]));
    const lines = [blind, soon, down].flatMap((decision) => wrongLines(standing(decision), NOW));
    const sorted = lines.toSorted((a, b) => comparePlaces(linePlaceOf(a), linePlaceOf(b)));
    expect(sorted.map(({ impact }) => impact.kind)).toEqual(['down', 'losesKey', 'unclear']);
  });
});
