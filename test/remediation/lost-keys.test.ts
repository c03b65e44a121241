import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/remediation/diagnosis/diagnose.ts';
import { rootCauses } from '../../src/remediation/diagnosis/root-causes.ts';
import { absent, type KeyLoss, type KeyObservation, present, unknown } from '../../src/remediation/model/facts.ts';
import { decisionOn, planFor } from '../builders/decision.ts';
import {
  aFlexibleServer,
  anObservation,
  aSingleServer,
  aVersion,
  inaccessible,
  inDays,
  KEY,
  kidOf,
  NOW,
  V1,
  V2,
} from '../builders/observation.ts';
import { policyIn, REMEDIATION } from '../builders/policy.ts';

const keyId = `https://${KEY.host}/keys/${KEY.name}`;
const down = aSingleServer('orders', { state: inaccessible });
const flexibleDown = aFlexibleServer('billing', { state: inaccessible });
const deleted: KeyLoss = { kind: 'deleted', deletedOn: inDays(-1), recoverableUntil: inDays(89), tags: {} };

/** A key whose first version is not found, and the loss that Azure shows for it. */
const lost = (loss: KeyObservation['loss'], consumers = [down, flexibleDown]): KeyObservation =>
  anObservation([[V1, absent]], consumers, loss ? { loss } : {});

const findingsOf = (observation: KeyObservation) => diagnose(observation, NOW, REMEDIATION);
const causesOf = (observation: KeyObservation) =>
  findingsOf(observation)
    .filter(({ explainedBy }) => explainedBy === undefined)
    .map(({ kind, target }) => [kind, target]);
const outline = (observation: KeyObservation) => planFor(observation).steps.map(({ kind }) => kind);

describe('A pinned version that is not found', () => {
  it.each([
    ['is deleted with its key', deleted, 'keyDeleted', keyId],
    ['is purged with its key', { kind: 'gone' } as const, 'keyPurged', keyId],
    ['belonged to another key of that name', { kind: 'versionMissing' } as const, 'keyVersionMissing', kidOf(V1)],
  ])('%s: one cause for all servers that use it', (_case, loss, kind, target) => {
    const observation = lost(present(loss));
    expect(causesOf(observation)).toEqual([[kind, target]]);
    expect(rootCauses(findingsOf(observation), KEY)).toEqual([keyId]);
    expect(findingsOf(observation)[0]?.harm.map(({ level }) => level)).toEqual(['active', 'active']);
  });
  it('is missing where a firewall hides what became of its key, and that is said too', () => {
    expect(causesOf(lost(unknown('403 from the firewall')))).toEqual([
      ['observationIncomplete', keyId],
      ['keyMissing', kidOf(V1)],
    ]);
  });
  it('is one deleted key, however many versions are pinned', () => {
    const servers = [down, aSingleServer('second', { version: V2 })];
    const observation = anObservation(
      [
        [V1, absent],
        [V2, absent],
      ],
      servers,
      { loss: present(deleted) },
    );
    const [finding] = findingsOf(observation);
    expect(finding).toMatchObject({ kind: 'keyDeleted', evidence: { recoverableUntil: inDays(89) } });
    expect(finding?.harm.map(({ consumerId }) => consumerId)).toEqual(servers.map(({ id }) => id));
  });
  it('takes its servers within ten minutes of the deletion', () => {
    const loss = present({ ...deleted, deletedOn: '2026-11-22T11:55:00Z' });
    expect(findingsOf(lost(loss, [aFlexibleServer()]))[0]?.harm).toMatchObject([
      { level: 'latent', deadline: '2026-11-22T12:05:00.000Z' },
    ]);
  });
});

describe('The plan for a lost key', () => {
  it('recovers a deleted key once, and then revalidates every server that it took', () => {
    const { steps } = planFor(lost(present(deleted)));
    expect(steps.map(({ kind, target }) => [kind, target])).toEqual([
      ['recoverKey', keyId],
      ['revalidateConsumer', down.id.toLowerCase()],
      ['revalidateConsumer', flexibleDown.id.toLowerCase()],
    ]);
    expect(steps.slice(1).map(({ dependsOn }) => dependsOn)).toEqual([[steps[0]?.stepId], [steps[0]?.stepId]]);
  });
  it('looks again once the key is back, since nobody knows before what else is wrong with it', () => {
    expect(planFor(lost(present(deleted))).steps.map(({ reveals }) => reveals)).toEqual([true, false, false]);
  });
  it('is approved as a whole: what is left after the recovery asks nothing new', () => {
    const whole = planFor(lost(present(deleted))).steps.map(({ stepId }) => stepId);
    const rest = planFor(anObservation([aVersion()], [down, flexibleDown])).steps.map(({ stepId }) => stepId);
    expect(whole).toEqual(expect.arrayContaining(rest));
  });
  it('enables a disabled version, and leaves its expiry for later', () => {
    const version = aVersion(V1, { enabled: false, expiresOn: inDays(-1) });
    expect(outline(anObservation([version], [down]))).toEqual(['enableKey', 'revalidateConsumer']);
  });
  it('sets an activation date back before the server is revalidated, as it extends an expiry', () => {
    const version = aVersion(V1, { notBefore: inDays(2), expiresOn: inDays(-1) });
    const { steps } = planFor(anObservation([version], [down]));
    expect(steps.map(({ kind }) => kind)).toEqual(['setActivationDate', 'extendKeyExpiry', 'revalidateConsumer']);
    expect(steps[2]?.dependsOn).toEqual([steps[0]?.stepId, steps[1]?.stepId]);
  });
  it.each(['gone', 'versionMissing'] as const)('is a backup, and a human, where the key is %s', (kind) => {
    const { steps, instructions } = planFor(lost(present({ kind })));
    expect([steps, instructions.join()]).toEqual([[], expect.stringContaining('az keyvault key restore')]);
  });
  it('does not revalidate a server that lacks an identity as well: a human gives it one first', () => {
    const bare = aSingleServer('orders', { state: inaccessible, principalId: absent });
    expect(outline(lost(present(deleted), [bare]))).toEqual(['recoverKey']);
  });
});

describe('Policy on what someone took away', () => {
  const verdicts = (observation: KeyObservation, autoReverse: readonly { step: string; scope: string }[] = []) =>
    decisionOn(observation, policyIn('auto', { autoReverse })).verdicts.map(({ step, verdict }) => [
      step.kind,
      verdict,
    ]);
  const DEFAULT = [
    { step: 'recoverVault', scope: '*' },
    { step: 'recoverKey', scope: '*' },
  ];

  it('recovers a deleted key by itself by default', () => {
    expect(verdicts(lost(present(deleted), [down]), DEFAULT)).toEqual([
      ['recoverKey', 'run'],
      ['revalidateConsumer', 'run'],
    ]);
  });
  it.each([
    ['a disabled version', aVersion(V1, { enabled: false }), 'enableKey'],
    ['an activation date ahead', aVersion(V1, { notBefore: inDays(2) }), 'setActivationDate'],
  ])('asks by default about %s', (_what, version, kind) => {
    expect(verdicts(anObservation([version], [down]), DEFAULT)).toEqual([
      [kind, 'ask'],
      ['revalidateConsumer', 'ask'],
    ]);
  });
  it('is not named by the place of a consumer', () => {
    expect(verdicts(lost(present(deleted), [down]), [{ step: 'recoverKey', scope: down.id }])[0]).toEqual([
      'recoverKey',
      'ask',
    ]);
  });
  it('reports where it cannot be seen what became of the key', () => {
    expect(verdicts(lost(unknown('403 from the firewall')), DEFAULT)).toEqual([]);
  });
});

describe('Do not heal, on what gives access back by itself,', () => {
  const TAG = { 'cmk-guardian:do-not-heal': '' };
  const auto = policyIn('auto', { autoReverse: 'all' });
  const verdicts = (observation: KeyObservation) =>
    decisionOn(observation, auto).verdicts.map(({ verdict }) => verdict);

  it('is a tag on the deleted key', () => {
    expect(verdicts(lost(present({ ...deleted, tags: TAG }), [down]))).toEqual(['report', 'report']);
  });
  it('is a tag on any one of its consumers, even one that is not down', () => {
    const marked = aFlexibleServer('billing', { tags: TAG });
    expect(verdicts(lost(present(deleted), [down, marked]))).toEqual(['report', 'report']);
    expect(verdicts(anObservation([aVersion(V1, { enabled: false })], [down, marked]))).toEqual(['report', 'report']);
  });
  it('reaches every consumer, so that the write activity finds it', () => {
    const [step] = planFor(lost(present(deleted))).steps;
    expect(step?.touches).toEqual(expect.arrayContaining([keyId, kidOf(V1)]));
    expect(step?.serves).toContain(flexibleDown.id.toLowerCase());
  });
});
