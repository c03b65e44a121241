import { describe, expect, it } from 'vitest';
import { present } from '../../../src/remediation/model/facts.ts';
import type { Known, Sighting } from '../../../src/remediation/model/known.ts';
import type { Attempt } from '../../../src/remediation/model/records.ts';
import { assessed, findingIn, stepOf } from '../../builders/assessed.ts';
import { aBaseline } from '../../builders/baseline.ts';
import { anObservation, aSingleServer, aVersion, inaccessible, NOW, withAccess } from '../../builders/observation.ts';
import { policyIn } from '../../builders/policy.ts';

const down = aSingleServer('orders', { state: inaccessible, principalId: present('p1'), identity: { kind: 'system' } });
const full = { permissions: ['get', 'unwrapKey', 'wrapKey'] } as const;
const observation = anObservation([aVersion()], [down], { ...withAccess({ p1: full }), otherKeys: present(false) });
const minutesFromNow = (minutes: number): string => new Date(NOW.getTime() + minutes * 60_000).toISOString();
const sighted = (minutesAgo: number, what: 'has' | 'lacks'): Sighting => ({
  at: minutesFromNow(-minutesAgo),
  has: what === 'has' ? ['key p1'] : [],
  lacks: what === 'lacks' ? ['key p1'] : [],
});
const knowing = (sightings: readonly Sighting[], attempts: readonly Attempt[] = []): Known => ({
  baseline: aBaseline([down]),
  sightings,
  attempts,
});
const decide = (known: Known) => assessed(observation, { known });
const timesIn = (known: Known) => stepOf(decide(known), 'revalidateConsumer').attemptsAt;
const { stepId } = stepOf(decide(knowing([])), 'revalidateConsumer');
const refused = (minutesAgo: number): Attempt => ({
  step: 'revalidateConsumer',
  stepId,
  target: down.id.toLowerCase(),
  outcome: 'blocked',
  why: 'the server is missing permissions',
  at: minutesFromNow(-minutesAgo),
});
const verdictIn = (known: Known) => decide(known).verdicts.map(({ verdict }) => verdict);

describe('Access that was seen to be missing and that somebody else gave back', () => {
  it('is tried 1, 2, 4, 5.5, 8, 11 and 15 minutes after the look that saw it', () => {
    expect(timesIn(knowing([sighted(60, 'lacks')]))).toEqual([1, 2, 4, 5.5, 8, 11, 15].map(minutesFromNow));
    expect(timesIn(knowing([sighted(60, 'lacks'), sighted(3, 'has')]))).toEqual([1, 2.5, 5, 8, 12].map(minutesFromNow));
  });

  it('is tried at once where it was never missing, or another one’s was', () => {
    expect(timesIn(knowing([]))).toBeUndefined();
    expect(timesIn(knowing([{ ...sighted(60, 'lacks'), lacks: ['key p2', 'reader p1'] }]))).toBeUndefined();
  });

  it('counts from the last time that it was taken and given', () => {
    const history = [sighted(500, 'lacks'), sighted(400, 'has'), sighted(60, 'lacks'), sighted(10, 'has')];
    expect(timesIn(knowing(history))).toEqual([1, 5].map(minutesFromNow));
  });

  it('is tried every fifteen minutes for a day after that, and then as what Azure has decided', () => {
    const at = (minutesAgo: number, ...tried: readonly number[]) =>
      verdictIn(knowing([sighted(9000, 'lacks'), sighted(minutesAgo, 'has')], tried.map(refused)));
    expect(at(100, 85, 70, 14)).toEqual(['report']);
    expect(at(100, 85, 70, 15)).toEqual(['run']);
    expect(at(1439, 1300, 1200, 15)).toEqual(['run']);
    expect(at(1441, 1300, 1200, 15)).toEqual(['report']);
  });

  it('is no reason to ask every quarter of an hour for what a person must change first', () => {
    const locked = (minutesAgo: number): Attempt => ({ ...refused(minutesAgo), cure: 'change' });
    const at = (...tried: readonly number[]) =>
      verdictIn(knowing([sighted(9000, 'lacks'), sighted(300, 'has')], tried.map(locked)));
    expect(at(200, 100, 59)).toEqual(['report']);
    expect(at(200, 100, 60)).toEqual(['run']);
  });

  it('makes what was tried before it count no more', () => {
    const known = knowing([sighted(60, 'lacks'), sighted(2, 'has')], [refused(50), refused(30), refused(10)]);
    expect(verdictIn(known)).toEqual(['run']);
  });

  it('is said in the verdict, for a day', () => {
    const sentence = (minutesAgo: number) =>
      findingIn(observation, 'consumerInaccessible', knowing([sighted(9000, 'lacks'), sighted(minutesAgo, 'has')]))
        ?.sentence;
    expect(sentence(20)).toContain(`given back (${minutesFromNow(-20)})`);
    expect(sentence(1441)).not.toContain('given back');
  });

  it('is never tried in mode observe, nor on a server that is ready', () => {
    const known = knowing([sighted(60, 'lacks'), sighted(2, 'has')]);
    expect(assessed(observation, { known, policy: policyIn('observe') }).kind).toBe('report');
    const up = { ...down, state: present({ state: 'ready', raw: 'Ready' } as const) };
    expect(assessed({ ...observation, consumers: present([up]) }, { known }).plan.steps).toEqual([]);
  });

  it('leaves the step what it is: what was approved stays approved', () => {
    expect(stepOf(decide(knowing([sighted(60, 'lacks')])), 'revalidateConsumer').stepId).toBe(stepId);
  });
});
