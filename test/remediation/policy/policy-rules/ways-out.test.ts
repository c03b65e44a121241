import { describe, expect, it } from '@jest/globals';
import type { PolicyRecords } from '../../../../src/remediation/model/records.ts';
import { assessed } from '../../../builders/assessed.ts';
import { anObservation, aSingleServer, aVersion, inDays, KEY, V1 } from '../../../builders/observation.ts';
import { policyIn } from '../../../builders/policy.ts';

const near = anObservation([aVersion(V1, { expiresOn: inDays(7) })], [aSingleServer()]);

describe('What an order holds back', () => {
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
});
