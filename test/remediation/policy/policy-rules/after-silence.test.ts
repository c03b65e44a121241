import { describe, expect, it } from 'vitest';
import { present } from '../../../../src/remediation/model/facts.ts';
import { lost, verdictsOn, whysOn } from '../../../builders/decision.ts';
import { inDays } from '../../../builders/observation.ts';
import { policyIn, someRecords } from '../../../builders/policy.ts';

const swept = (days: number) => present(someRecords({ sweptAt: inDays(-days) }));

describe('The first run after a long silence', () => {
  it('reports what it would do, and says since when nobody looked', () => {
    expect(verdictsOn(lost, policyIn('auto'), swept(2))).toEqual(['report', 'report']);
    expect(whysOn(lost, policyIn('auto'), swept(2))[0]).toContain(`No sweep began since ${inDays(-2)}`);
  });
  it('is none while the last sweep is not older than the settings allow', () => {
    expect(verdictsOn(lost, policyIn('auto'), swept(0.9))).toEqual(['run', 'run']);
    expect(verdictsOn(lost, policyIn('auto', { silence: 'P7D' }), swept(2))).toEqual(['run', 'run']);
  });
  it('is none in an empty store: there the product is new', () => {
    expect(verdictsOn(lost, policyIn('auto'), present(someRecords()))).toEqual(['run', 'run']);
  });
});
