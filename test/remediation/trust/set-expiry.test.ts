import { describe, expect, it } from 'vitest';
import type { Baseline } from '../../../src/remediation/model/baseline.ts';
import type { KeyVersionFacts } from '../../../src/remediation/model/facts.ts';
import type { Known } from '../../../src/remediation/model/known.ts';
import { wasExpirySet } from '../../../src/remediation/trust/set-expiry.ts';
import { assessed, did, stepOf } from '../../builders/assessed.ts';
import { aBaseline } from '../../builders/baseline.ts';
import { anObservation, aSingleServer, aVersion, inaccessible, inDays, kidOf, V1 } from '../../builders/observation.ts';
import { anApprovalOf, policyIn } from '../../builders/policy.ts';

const server = aSingleServer('orders', { state: inaccessible });
const recorded = (expiry: string | undefined): Known => {
  const baseline: Baseline = aBaseline([server]);
  return { baseline: expiry === undefined ? baseline : { ...baseline, expiries: { [kidOf(V1)]: expiry } } };
};
const version = (expiresOn: string, updatedOn: string | undefined): KeyVersionFacts => {
  const { updatedOn: _, ...facts } = aVersion(V1, { expiresOn });
  return updatedOn === undefined ? facts : { ...facts, updatedOn };
};

describe('An expiry that somebody has set', () => {
  it.each([
    ['to a moment ago, where a later one was recorded', inDays(-0.01), inDays(0), inDays(90)],
    ['to long ago', inDays(-100), inDays(0), inDays(90)],
    ['to this evening', inDays(0.5), inDays(0), inDays(90)],
    ['a day after the write, and no later', inDays(1), inDays(0), inDays(90)],
    ['where none was recorded as set', inDays(-1), inDays(-0.5), 'never'],
    ['on a fresh version, of which nothing was recorded', inDays(0.9), inDays(0), undefined],
    ['when nobody can tell when it was', inDays(-1), undefined, inDays(90)],
  ])('%s, is somebody’s act', (_case, expiresOn, updatedOn, before) => {
    expect(wasExpirySet(version(expiresOn, updatedOn), recorded(before))).toBe(true);
  });
  it.each([
    ['that time has reached', inDays(-1), inDays(-31), inDays(-1)],
    ['that time has reached, though another was recorded', inDays(-1), inDays(-31), inDays(90)],
    ['that time has reached, of which nothing was recorded', inDays(-1), inDays(-31), undefined],
    ['that was set with more than a day to go', inDays(1.01), inDays(0), inDays(90)],
    ['of a version whose tags were edited since', inDays(-1), inDays(0), inDays(-1)],
    ['that somebody has put off by hours', inDays(0.1), inDays(0), inDays(-1)],
  ])('%s, is nobody’s act', (_case, expiresOn, updatedOn, before) => {
    expect(wasExpirySet(version(expiresOn, updatedOn), recorded(before))).toBe(false);
  });
  it('is somebody’s act where this incident had extended it, whatever was recorded before that', () => {
    const near = anObservation([version(inDays(-1), inDays(-31))], [server]);
    const extension = stepOf(assessed(near, { known: recorded(inDays(-1)) }), 'extendKeyExpiry');
    const known = { ...recorded(inDays(-1)), attempts: [did(extension, 30)] };
    expect(wasExpirySet(version(inDays(-0.001), inDays(0)), known)).toBe(true);
  });
});

describe('The extension of a version', () => {
  const verdictOn = (expiresOn: string, updatedOn: string, policy = policyIn('auto')) =>
    assessed(anObservation([version(expiresOn, updatedOn)], [server]), { known: recorded(inDays(90)), policy })
      .verdicts[0];

  it.each([
    ['has expired', inDays(-0.01)],
    ['is about to expire', inDays(0.5)],
  ])('that %s asks where somebody has set that, unless autoReverse names it', (_case, expiresOn) => {
    const step = { kind: 'extendKeyExpiry', risk: 'reversal' };
    expect(verdictOn(expiresOn, inDays(0))).toMatchObject({ verdict: 'ask', step });
    const named = policyIn('auto', { autoReverse: [{ step: 'extendKeyExpiry', scope: '*' }] });
    expect(verdictOn(expiresOn, inDays(0), named)).toMatchObject({ verdict: 'run', step });
  });
  it('that asks says what was done, by what it is told, and which setting would let it run', () => {
    const reason = expect.stringMatching(
      /Somebody seems to have set this expiry.*within a day of the last write.*GUARDIAN_AUTO_REVERSE/,
    );
    expect(verdictOn(inDays(-0.01), inDays(0))).toMatchObject({ verdict: 'ask', why: reason });
  });
  it('says what it goes on from, so that the write can tell whether somebody has acted since', () => {
    const { seen } = verdictOn(inDays(-0.01), inDays(-31))?.step ?? {};
    expect(seen).toEqual({ expiresOn: inDays(-0.01), updatedOn: inDays(-31) });
  });
  it.each([
    ['it asks again where the expiry was set anew since', -0.3, 'ask'],
    ['it runs where that is there still', -0.5, 'run'],
  ])('is decided by an approval of the act that was there when it was given: %s', (_case, setAt, verdict) => {
    const set = anObservation([version(inDays(-0.2), inDays(setAt))], [server]);
    const circumstances = { known: recorded(inDays(90)), policy: policyIn('auto') };
    const approvals = [anApprovalOf(assessed(set, circumstances).plan.steps, { at: inDays(-0.4) })];
    const decided = assessed(set, { ...circumstances, records: { approvals } });
    expect(decided.verdicts[0]).toMatchObject({ verdict, step: { kind: 'extendKeyExpiry' } });
  });
  it('runs where time has reached it', () => {
    expect(verdictOn(inDays(-0.01), inDays(-31))).toMatchObject({ verdict: 'run', step: { risk: 'restore' } });
  });
});
