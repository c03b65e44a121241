import { describe, expect, it } from 'vitest';
import { type KeyObservation, type Machine, present, unknown } from '../../src/remediation/model/facts.ts';
import { isHealthy } from '../../src/remediation/model/findings.ts';
import { keyId } from '../../src/remediation/model/key-ref.ts';
import type { Known } from '../../src/remediation/model/known.ts';
import { assessed, did, findingIn, findingsIn, kindsIn, outlineOf, stepOf } from '../builders/assessed.ts';
import { aBaseline, wasWell } from '../builders/baseline.ts';
import {
  aDiskEncryptionSet,
  anObservation,
  aVersion,
  inDays,
  NOW,
  V1,
  V2,
  withAccess,
} from '../builders/observation.ts';

const set = aDiskEncryptionSet('disks', { principalId: present('p3'), identity: { kind: 'system' } });
const failed = { toLatest: true, error: { code: 'ManagedServiceIdentityNotFound', message: 'update it' } };
const full = { permissions: ['get', 'unwrapKey', 'wrapKey'] } as const;

const machine = (name: string, power: Machine['power'] = 'running'): Machine => ({
  id: `/subscriptions/s/virtualmachines/${name}`,
  name,
  power,
});
const observed = (consumer = set, changes: Partial<KeyObservation> = {}): KeyObservation =>
  anObservation([aVersion()], [consumer], { ...withAccess({ p3: full }), otherKeys: present(false), ...changes });

describe('Automatic rotation that has failed', () => {
  it('is set going again by an update with the key that the set has', () => {
    const decision = assessed(observed({ ...set, rotation: failed }));
    expect(decision.findings).toMatchObject([{ kind: 'autoKeyRotationFailed', evidence: { code: failed.error.code } }]);
    expect(outlineOf(observed({ ...set, rotation: failed }))).toEqual([['clearAutoRotationError', 'run']]);
  });
  it('is no fault where there is no error', () => {
    expect(kindsIn(observed({ ...set, rotation: { toLatest: true } }))).toEqual([]);
  });
  it('is left alone, of one that nobody knows, where its own version could not be read, or it is marked itself', () => {
    const known: Known = { baseline: aBaseline([aDiskEncryptionSet('another', { principalId: present('p4') })]) };
    const stranger = { ...set, rotation: failed, state: present({ state: 'busy', raw: 'Updating' } as const) };
    const { key } = stranger.pinned;
    const unread = {
      ...stranger,
      pinned: { key, kid: keyId(key), version: { kind: 'unknown', reason: 'it names no version' } as const },
    };
    const marked = { ...stranger, tags: { 'cmk-guardian:do-not-heal': '' } };
    const without = withAccess({});
    expect(outlineOf(observed(stranger, without), { known })).toEqual([['clearAutoRotationError', 'run']]);
    for (const one of [unread, marked])
      expect(outlineOf(observed(one, without), { known })).toEqual([['clearAutoRotationError', 'report']]);
  });
  it('waits for what took its key', () => {
    const disabled = { versions: { [V1]: present(aVersion(V1, { enabled: false })) } };
    const { plan } = assessed(observed({ ...set, rotation: failed }, disabled));
    expect(plan.steps).toMatchObject([
      { kind: 'enableKey' },
      { kind: 'clearAutoRotationError', dependsOn: [plan.steps[0]?.stepId] },
    ]);
  });
  it('does not wait for an expiry, which takes nothing from it', () => {
    const expired = { versions: { [V1]: present(aVersion(V1, { expiresOn: inDays(-1) })) } };
    const { plan } = assessed(observed({ ...set, rotation: failed }, expired));
    expect(stepOf({ plan } as ReturnType<typeof assessed>, 'clearAutoRotationError').dependsOn).toEqual([]);
  });
});

describe('A set that was let in during this incident', () => {
  const known: Known = { baseline: aBaseline([set]) };
  const grant = stepOf(assessed(observed(set, withAccess({ p3: { permissions: [] } })), { known }), 'grantKeyAccess');
  const following = (...attempts: NonNullable<Known['attempts']>): Known => ({ ...known, attempts });

  it('is updated, since it has no state that would tell, when that may have become effective', () => {
    const decision = assessed(observed(), { known: following(did(grant, 2)) });
    expect(decision.findings.map(({ kind }) => kind)).toEqual(['accessUnproven']);
    expect(isHealthy(decision.findings)).toBe(false);
    expect(stepOf(decision, 'revalidateConsumer').attemptsAt).toEqual(
      [2, 3.5, 6, 9, 13].map((minutes) => new Date(NOW.getTime() + minutes * 60_000).toISOString()),
    );
  });
  it('is proven by that update, and not by an earlier one', () => {
    const update = stepOf(assessed(observed(), { known: following(did(grant, 2)) }), 'revalidateConsumer');
    expect(kindsIn(observed(), following(did(grant, 5), did(update, 1)))).toEqual([]);
    expect(kindsIn(observed(), following(did(update, 5), did(grant, 1)))).toEqual(['accessUnproven']);
    expect(kindsIn(observed(), following(did(grant, 5), did(update, 1, 'blocked')))).toEqual(['accessUnproven']);
  });
  it('is updated once where its rotation must be set going again as well', () => {
    const decision = assessed(observed({ ...set, rotation: failed }), { known: following(did(grant, 2)) });
    expect(decision.plan.steps.map(({ kind }) => kind)).toEqual(['clearAutoRotationError']);
    expect(decision.plan.steps[0]?.attemptsAt).toHaveLength(5);
  });
  it('is not what another one was let in for', () => {
    const other = aDiskEncryptionSet('other', { principalId: present('p4'), identity: { kind: 'system' } });
    const both = { ...observed(), consumers: present([set, other]), ...withAccess({ p3: full, p4: full }) };
    const wide = { baseline: aBaseline([set, other]), attempts: [did(grant, 2)] };
    expect(findingsIn(both, wide).map(({ target }) => target)).toEqual([set.id.toLowerCase()]);
  });
});

describe('Machines on its disks', () => {
  const ran = (names: readonly string[]): Known => ({
    baseline: aBaseline([wasWell(set, { machines: names.map((name) => machine(name).id) })]),
    incidentOpenedAt: inDays(-0.1),
  });
  const now = (...machines: readonly Machine[]) => observed({ ...set, machines: present(machines) });

  it('that ran and are shut down are started one by one, and always only if somebody says yes', () => {
    const observation = now(machine('a', 'deallocated'), machine('b', 'stopped'), machine('c'));
    expect(findingIn(observation, 'machinesShutDown', ran(['a', 'b', 'c']))?.harm).toMatchObject([{ level: 'active' }]);
    expect(
      assessed(observation, { known: ran(['a', 'b', 'c']) }).verdicts.map(({ step, verdict }) => [
        step.target,
        verdict,
      ]),
    ).toEqual([
      [machine('a').id, 'ask'],
      [machine('b').id, 'ask'],
    ]);
  });
  it.each([
    ['did not run before', now(machine('a', 'deallocated')), ran([])],
    ['run', now(machine('a')), ran(['a'])],
    ['are on their way', now(machine('a', 'other')), ran(['a'])],
    [
      'are shut down while nothing has happened',
      now(machine('a', 'stopped')),
      { ...ran(['a']), incidentOpenedAt: undefined },
    ],
    ['were not asked for', observed(), ran(['a'])],
  ])('are left alone where they %s', (_case, observation, { incidentOpenedAt, ...known }) => {
    expect(kindsIn(observation, { ...known, ...(incidentOpenedAt && { incidentOpenedAt }) })).toEqual([]);
  });
  it('that cannot be seen keep the incident open: it is not known to be over', () => {
    const observation = observed({ ...set, machines: unknown('429') });
    expect(findingsIn(observation, ran(['a']))).toMatchObject([
      { kind: 'observationIncomplete', evidence: { machines: '429' } },
    ]);
  });
  it('wait until their disks have their key', () => {
    const disabled = { ...now(machine('a', 'stopped')), versions: { [V1]: present(aVersion(V1, { enabled: false })) } };
    expect(assessed(disabled, { known: ran(['a']) }).plan.steps.map(({ kind }) => kind)).toEqual(['enableKey']);
  });
  it('belong to the set: its mark forbids that they are started', () => {
    const marked = { ...set, machines: present([machine('a', 'stopped')]), tags: { 'cmk-guardian:do-not-heal': '' } };
    expect(outlineOf(observed(marked), { known: ran(['a']) })).toEqual([['startVirtualMachines', 'report']]);
  });
});

describe('A set that rotates', () => {
  const previous = aDiskEncryptionSet('disks', { principalId: present('p3'), use: 'previous' });
  const rotating = (old: ReturnType<typeof aVersion>) =>
    anObservation(
      [old, aVersion(V2)],
      [previous, { ...aDiskEncryptionSet('disks', { version: V2, principalId: present('p3') }) }],
    );

  it('still needs the version that it leaves', () => {
    const observation = rotating(aVersion(V1, { enabled: false }));
    expect(findingsIn(observation)).toMatchObject([{ kind: 'keyDisabled', harm: [{ level: 'latent' }] }]);
    expect(outlineOf(observation, { known: { baseline: aBaseline([previous]) } })).toEqual([['enableKey', 'run']]);
  });
  it('is one consumer, whatever it lacks', () => {
    const observation = { ...rotating(aVersion()), ...withAccess({ p3: { permissions: [] } }) };
    expect(kindsIn(observation)).toEqual(['accessMissing']);
    const known = { baseline: aBaseline([aDiskEncryptionSet('disks', { version: V2, principalId: present('p3') })]) };
    expect(kindsIn(observation, known)).toEqual(['accessMissing']);
  });
});
