import { describe, expect, it } from 'vitest';
import type { PolicyRecords } from '../../../../src/remediation/model/records.ts';
import { assessed } from '../../../builders/assessed.ts';
import { anObservation, aSingleServer, aVersion, inDays, KEY, V1 } from '../../../builders/observation.ts';
import { policyIn } from '../../../builders/policy.ts';

const near = anObservation([aVersion(V1, { expiresOn: inDays(7) })], [aSingleServer()]);

describe('What an override holds back', () => {
  it.each<[string, Partial<PolicyRecords>, string]>([
    ['a pause', { paused: { by: 'ada', why: 'maintenance' } }, 'DELETE /api/pause'],
    [
      'a pause of its scope',
      { pausedScopes: [{ scope: `https://${KEY.host}`, by: 'ada', why: 'maintenance' }] },
      `DELETE /api/pause?scope=https://${KEY.host}&why=`,
    ],
    [
      'a do-not-heal record',
      { doNotHeal: [{ target: `https://${KEY.host}/keys/${KEY.name}`, by: 'ada', why: 'the customer left' }] },
      'DELETE /api/do-not-heal',
    ],
    ['a long silence', { sweptAt: inDays(-3) }, 'DELETE /api/pause'],
  ])('by %s says by which door it is lifted', (_order, records, door) => {
    const { verdicts } = assessed(near, { policy: policyIn('auto'), records });
    expect(verdicts).toMatchObject([{ verdict: 'report', why: expect.stringContaining(door) }]);
  });

  const until = inDays(1);
  const override = { by: 'ada', why: 'night work' };
  const target = `https://${KEY.host}`;

  it.each<[string, (end: { readonly until?: string }) => Partial<PolicyRecords>]>([
    ['a pause', (end) => ({ paused: { ...override, ...end } })],
    ['a pause of its scope', (end) => ({ pausedScopes: [{ scope: target, ...override, ...end }] })],
    ['a do-not-heal record', (end) => ({ doNotHeal: [{ target, ...override, ...end }] })],
  ])('by %s says when that ends by itself, where it does', (_order, records) => {
    const why = (end: { readonly until?: string }): string => {
      const [verdict] = assessed(near, { policy: policyIn('auto'), records: records(end) }).verdicts;
      return verdict?.verdict === 'report' ? verdict.why : '';
    };
    expect(why({ until })).toContain(` until ${until}: night work`);
    expect(why({})).toContain(': night work');
    expect(why({})).not.toContain('until');
  });

  it.each<[string, (ends: readonly string[]) => Partial<PolicyRecords>]>([
    [
      'a pause of its scope',
      (ends) => ({ pausedScopes: ends.map((end) => ({ scope: target, ...override, until: end })) }),
    ],
    ['a do-not-heal record', (ends) => ({ doNotHeal: ends.map((end) => ({ target, ...override, until: end })) })],
  ])('by %s says the last end where several hold it', (_order, records) => {
    const ends = [inDays(1), inDays(3), inDays(2)];
    expect(assessed(near, { policy: policyIn('auto'), records: records(ends) }).verdicts).toMatchObject([
      { why: expect.stringContaining(` until ${inDays(3)}`) },
    ]);
  });
});
