import { describe, expect, it } from 'vitest';
import { absent, present, unknown } from '../../../src/remediation/model/facts.ts';
import { isHealthy } from '../../../src/remediation/model/findings.ts';
import { GIVEN_ROLES } from '../../../src/remediation/model/given-roles.ts';
import type { VaultDependents } from '../../../src/remediation/model/vault-dependents.ts';
import { assessed, did, findingsIn, kindsIn } from '../../builders/assessed.ts';
import { anObservation, aSingleServer, aVersion, inDays } from '../../builders/observation.ts';
import { policyIn } from '../../builders/policy.ts';
import { anAssignment, anEventSubscription, aSetting, dependents } from '../../builders/vault-dependents.ts';

const server = aSingleServer('orders', { principalId: present('p1') });
const lacking = (lost: Partial<VaultDependents>) =>
  anObservation([aVersion()], [server], {
    notRebuilt: present(dependents(lost)),
    partsTaken: present([]),
    vaultDeletedAt: inDays(-1),
  });

describe('What a recovered vault has not got back', () => {
  const ours = lacking({
    eventSubscriptions: [anEventSubscription('guardian', { own: true, body: { destination: 'our function' } })],
    diagnosticSettings: [aSetting('audit')],
  });

  it('is made again where it is ours: event subscriptions that end at our function, and diagnostic settings', () => {
    const observation = ours;
    expect(isHealthy(findingsIn(observation))).toBe(false);
    expect(assessed(observation).verdicts).toMatchObject([
      { verdict: 'run', step: { kind: 'rebuildEventSubscription', risk: 'restore', parameters: { name: 'guardian' } } },
      {
        verdict: 'run',
        step: { kind: 'rebuildDiagnosticSetting', risk: 'restore', parameters: { name: 'audit' } },
      },
    ]);
  });
  it.each([
    ['the activity log does not tell whether somebody deleted it', { partsTaken: unknown('it lags behind') }, []],
    ['the activity log does not show the deletion of the vault', { vaultDeletedAt: undefined }, []],
    ['it was seen again after the recovery', {}, [`part ${aSetting('audit').id.toLowerCase()}`]],
  ])('asks where %s', (_case, changes, has) => {
    const { vaultDeletedAt, ...observation } = { ...ours, ...changes };
    const seen = { ...observation, ...(vaultDeletedAt !== undefined && { vaultDeletedAt }) };
    const known = { sightings: [{ at: inDays(-0.5), has, lacks: [] }] };
    const verdicts = assessed(seen, { known, policy: policyIn('auto') }).verdicts;
    const asked = verdicts.flatMap(({ step, verdict }) => (verdict === 'ask' ? [step.kind] : []));
    expect(asked).toEqual(
      has.length > 0 ? ['rebuildDiagnosticSetting'] : ['rebuildEventSubscription', 'rebuildDiagnosticSetting'],
    );
  });
  it('is handed to a human where it is somebody else’s, and does not hold the incident open', () => {
    const observation = lacking({
      roleAssignments: [anAssignment('a')],
      eventSubscriptions: [
        anEventSubscription('hook'),
        anEventSubscription('queue', { endpointType: 'StorageQueue', body: { destination: 'a queue' } }),
      ],
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
  it('is handed to a human as well where Azure has refused us to make it, and then holds the incident open no more', () => {
    const refused = assessed(ours).plan.steps.map((step) => did(step, 1, 'blocked'));
    const decision = assessed(ours, { known: { attempts: refused } });
    expect(decision).toMatchObject({ kind: 'healthy', findings: [{ harm: [] }], plan: { steps: [] } });
    expect(decision.notes.join().match(/az rest --method put/g)).toHaveLength(2);
    const [first] = refused;
    expect(assessed(ours, { known: { attempts: first ? [first] : [] } }).plan.steps).toHaveLength(1);
  });
  it('is not what the consumers of the key had: that is given back to them as access', () => {
    const roleDefinitionId = `/providers/Microsoft.Authorization/roleDefinitions/${GIVEN_ROLES.key}`;
    expect(kindsIn(lacking({ roleAssignments: [anAssignment('a', { principalId: 'P1', roleDefinitionId })] }))).toEqual(
      [],
    );
  });
  it('is handed to a human where the identity of a consumer had it beside: an application may share the identity', () => {
    const secrets = anAssignment('a', { principalId: 'P1', roleDefinitionId: '/roleDefinitions/secrets-user' });
    const { notes } = assessed(lacking({ roleAssignments: [secrets] }));
    expect(notes.join()).toContain('--assignee-object-id P1');
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
