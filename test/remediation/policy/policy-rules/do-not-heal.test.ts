import { describe, expect, it } from 'vitest';
import { present } from '../../../../src/remediation/model/facts.ts';
import { down, expired, lost, verdictsOn, whysOn } from '../../../builders/decision.ts';
import {
  anObservation,
  aSingleServer,
  aVault,
  GROUP,
  inaccessible,
  inDays,
  KEY,
  kidOf,
  V1,
} from '../../../builders/observation.ts';
import { policyIn, someRecords } from '../../../builders/policy.ts';

const TAG = 'cmk-guardian:do-not-heal';

describe('Do not heal', () => {
  const tagged = (value: string) => ({ tags: { [TAG]: value } });

  it.each(['true', '', 'since 2025', ' no '])('is a tag with the value "%s" on the key version', (value) => {
    const observation = anObservation([{ ...expired, ...tagged(value) }], [down]);
    expect(verdictsOn(observation, policyIn('auto'))).toEqual(['report', 'report']);
  });
  it('is told with what takes it back: of a tag there is no record to lift', () => {
    const observation = anObservation([{ ...expired, ...tagged('') }], [down]);
    expect(whysOn(observation, policyIn('auto'))[0]).toBe(
      `${kidOf(V1)} carries the tag ${TAG}. If the repair is wanted, take the tag away.`,
    );
  });
  it('is taken back by the value false', () => {
    expect(verdictsOn(anObservation([{ ...expired, ...tagged(' False ') }], [down]), policyIn('auto'))).toEqual([
      'run',
      'run',
    ]);
  });
  it('is found in another casing', () => {
    const shouted = { ...expired, tags: { 'CMK-Guardian:Do-Not-Heal': 'true' } };
    expect(verdictsOn(anObservation([shouted], [down]), policyIn('auto'))).toEqual(['report', 'report']);
  });
  it('is a tag on the vault', () => {
    const observation = anObservation([expired], [down], { vault: present(aVault(tagged('true'))) });
    expect(verdictsOn(observation, policyIn('auto'))).toEqual(['report', 'report']);
  });
  it('on the only server leaves its key alone too', () => {
    expect(verdictsOn(anObservation([expired], [{ ...down, ...tagged('true') }]), policyIn('auto'))).toEqual([
      'report',
      'report',
    ]);
  });
  it('on one of two servers leaves that one alone, and heals the other', () => {
    const observation = anObservation(
      [expired],
      [{ ...down, ...tagged('true') }, aSingleServer('second', { state: inaccessible })],
    );
    expect(verdictsOn(observation, policyIn('auto'))).toEqual(['run', 'report', 'run']);
  });
  it.each([
    ['the key', `https://${KEY.host}/keys/${KEY.name}`],
    ['the version', kidOf(V1)],
    ['the vault', aVault().id.toUpperCase()],
    ['the resource group', GROUP],
  ])('is a record for %s, with who and why', (_what, target) => {
    const records = someRecords({ doNotHeal: [{ target, by: 'ada', why: 'legal hold' }] });
    const [why = ''] = whysOn(lost, policyIn('auto'), present(records));
    expect(why).toMatch(/ada forbids .* legal hold/);
    expect(why).toContain(`DELETE /api/do-not-heal?target=${target}&why=`);
    expect(why).not.toContain('<target>');
  });
  it('is no record for a key whose name only begins the same', () => {
    const records = someRecords({ doNotHeal: [{ target: `https://${KEY.host}/keys/mysql`, by: 'ada', why: '' }] });
    expect(verdictsOn(lost, policyIn('auto'), present(records))).toEqual(['run', 'run']);
  });
  it('ends with its record', () => {
    const until = (days: number) =>
      present(someRecords({ doNotHeal: [{ target: GROUP, by: 'ada', why: 'test', until: inDays(days) }] }));
    expect(verdictsOn(lost, policyIn('auto'), until(1))).toEqual(['report', 'report']);
    expect(verdictsOn(lost, policyIn('auto'), until(-1))).toEqual(['run', 'run']);
  });
});
