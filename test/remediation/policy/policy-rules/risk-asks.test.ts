import { describe, expect, it } from 'vitest';
import { present } from '../../../../src/remediation/model/facts.ts';
import type { PolicySettings } from '../../../../src/remediation/policy/policy-types.ts';
import type { Risk } from '../../../../src/remediation/steps/risk.ts';
import { assessed } from '../../../builders/assessed.ts';
import { aBaseline } from '../../../builders/baseline.ts';
import { verdictsOn } from '../../../builders/decision.ts';
import {
  anObservation,
  aSingleServer,
  aVault,
  aVersion,
  GROUP,
  inaccessible,
  inDays,
  KEY,
  V1,
  withAccess,
} from '../../../builders/observation.ts';
import { anApprovalOf, policyIn, someRecords } from '../../../builders/policy.ts';

describe('In auto, what undoes the act of someone', () => {
  const near = anObservation([aVersion(V1, { expiresOn: inDays(7) })], [aSingleServer()]);
  const verdictWith = (autoReverse: PolicySettings['autoReverse'], risk: Risk = 'reversal') =>
    verdictsOn(near, policyIn('auto', { autoReverse }), present(someRecords()), risk);

  it('asks', () => expect(verdictWith([])).toEqual(['ask']));
  it.each([
    ['everywhere', '*'],
    ['in the subscription of the vault', GROUP.split('/resourceGroups')[0] ?? ''],
    ['in its resource group, in another casing', GROUP.toUpperCase()],
    ['for its vault', aVault().id],
    ['for the host of its vault', `https://${KEY.host}/`],
    ['for its key', `https://${KEY.host}/keys/${KEY.name}`],
  ])('acts where autoReverse names it %s', (_where, scope) => {
    expect(verdictWith([{ step: 'extendKeyExpiry', scope }])).toEqual(['run']);
  });
  it.each([
    ['another step', { step: 'enableKey', scope: '*' }],
    ['another resource group', { step: 'extendKeyExpiry', scope: `${GROUP}base` }],
    ['nothing', { step: 'extendKeyExpiry', scope: '' }],
  ])('asks where autoReverse names %s', (_what, entry) => {
    expect(verdictWith([entry])).toEqual(['ask']);
  });
  it('acts where autoReverse is all; what cannot be undone still asks', () => {
    expect(verdictWith('all')).toEqual(['run']);
    expect(verdictWith('all', 'irreversible')).toEqual(['ask']);
  });
});

describe('What only a person can know', () => {
  const restored = aSingleServer('restored', {
    state: inaccessible,
    principalId: present('p6'),
    identity: { kind: 'system' },
  });
  const source = aSingleServer('orders', { principalId: present('p1') });
  const known = { baseline: aBaseline([source]) };
  const observation = anObservation([aVersion()], [source, restored], {
    ...withAccess({ p1: { permissions: ['get', 'unwrapKey', 'wrapKey'] }, p6: { permissions: [] } }),
    otherKeys: present(false),
  });

  it('is asked whatever autoReverse names, with the question', () => {
    expect(assessed(observation, { known }).verdicts[0]).toMatchObject({
      verdict: 'ask',
      step: { kind: 'grantKeyAccess' },
      why: expect.stringContaining('restored from'),
    });
  });
  it('is done once a person has said yes', () => {
    const { steps } = assessed(observation, { known }).plan;
    const decision = assessed(observation, { known, records: { approvals: [anApprovalOf(steps)] } });
    expect(decision.verdicts).toMatchObject([
      { verdict: 'run', authority: { kind: 'approval' } },
      { verdict: 'run', authority: { kind: 'approval' } },
    ]);
  });
});
