import { describe, expect, it } from '@jest/globals';
import { absent, present, unknown, type VaultExtras } from '../../src/remediation/facts.ts';
import { isHealthy } from '../../src/remediation/findings.ts';
import { assessed, findingsIn, kindsIn } from '../builders/assessed.ts';
import { anObservation, aSingleServer, aVersion } from '../builders/observation.ts';
import { anAssignment, anEventSubscription, aSetting, extras } from '../builders/vault-extras.ts';

const server = aSingleServer('orders', { principalId: present('p1') });
const lacking = (lost: Partial<VaultExtras>) =>
  anObservation([aVersion()], [server], { notRebuilt: present(extras(lost)) });

describe('What a recovered vault has not got back', () => {
  it('is made again where that is possible: event subscriptions that end at a resource, and our own setting', () => {
    const observation = lacking({
      eventSubscriptions: [anEventSubscription('queue', { body: { destination: 'a queue' } })],
      diagnosticSettings: [aSetting('cmk-guardian')],
    });
    expect(isHealthy(findingsIn(observation))).toBe(false);
    expect(assessed(observation).verdicts).toMatchObject([
      { verdict: 'run', step: { kind: 'rebuildEventSubscription', risk: 'restore', parameters: { name: 'queue' } } },
      {
        verdict: 'run',
        step: { kind: 'rebuildDiagnosticSetting', risk: 'restore', parameters: { name: 'cmk-guardian' } },
      },
    ]);
  });
  it('is handed to a human where it is somebody else’s, and does not hold the incident open', () => {
    const observation = lacking({
      roleAssignments: [anAssignment('a')],
      eventSubscriptions: [anEventSubscription('hook')],
      diagnosticSettings: [aSetting('theirs')],
      locks: [{ name: 'keep', level: 'CanNotDelete' }],
    });
    const decision = assessed(observation);
    expect(decision).toMatchObject({
      kind: 'healthy',
      findings: [{ kind: 'vaultNotRebuilt', harm: [] }],
      plan: { steps: [] },
    });
    for (const command of [
      'az role assignment create',
      'az eventgrid event-subscription create',
      'az rest',
      'az lock create',
    ])
      expect(decision.notes.join()).toContain(command);
  });
  it('is not what the consumers of the key had: that is given back to them as access', () => {
    expect(kindsIn(lacking({ roleAssignments: [anAssignment('a', { principalId: 'P1' })] }))).toEqual([]);
  });
  it('is said where it could not be seen', () => {
    const observation = anObservation([aVersion()], [server], { notRebuilt: unknown('403') });
    expect(assessed(observation)).toMatchObject({ kind: 'healthy', notes: [expect.stringContaining('403')] });
  });
  it('is nothing where nothing is lacking, or nobody noted what there was', () => {
    expect(kindsIn(lacking({}))).toEqual([]);
    expect(kindsIn(anObservation([aVersion()], [server], { notRebuilt: absent }))).toEqual([]);
  });
});
