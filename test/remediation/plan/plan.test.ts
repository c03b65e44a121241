import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/remediation/diagnosis/diagnose.ts';
import { absent, type KeyObservation } from '../../../src/remediation/model/facts.ts';
import type { Attempt } from '../../../src/remediation/model/records.ts';
import { plan } from '../../../src/remediation/plan/plan.ts';
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
} from '../../builders/observation.ts';
import { anAttemptAt, REMEDIATION } from '../../builders/policy.ts';

const planFor = (observation: KeyObservation, attempts: readonly Attempt[] = []) =>
  plan(diagnose(observation, NOW, REMEDIATION), observation, REMEDIATION, { attempts });
const outline = (observation: KeyObservation) => planFor(observation).steps.map(({ kind, target }) => [kind, target]);

const keyId = `https://${KEY.host}/keys/${KEY.name}`;
const expired = aVersion(V1, { expiresOn: inDays(-1) });
const down = aSingleServer('orders', { state: inaccessible });
const flexibleDown = aFlexibleServer('billing', { state: inaccessible });

describe('The plan', () => {
  it('for a server lost by an expired key extends the key, and then revalidates the server', () => {
    const { steps } = planFor(anObservation([expired], [down]));
    expect(steps.map(({ kind }) => kind)).toEqual(['extendKeyExpiry', 'revalidateConsumer']);
    expect(steps[1]?.dependsOn).toEqual([steps[0]?.stepId]);
  });
  it('extends the version that the server pins', () => {
    const current = aVersion(V2, { expiresOn: inDays(300) });
    expect(planFor(anObservation([expired, current], [down])).steps).toMatchObject([
      { kind: 'extendKeyExpiry', target: keyId, parameters: { key: KEY, version: V1 } },
      { kind: 'revalidateConsumer', target: down.id.toLowerCase(), parameters: { kid: kidOf(V1) } },
    ]);
  });
  it('after the extension still revalidates: the server does not come back by itself', () => {
    const extended = aVersion(V1, { expiresOn: inDays(365) });
    expect(outline(anObservation([extended], [down]))).toEqual([['revalidateConsumer', down.id.toLowerCase()]]);
  });
  it('for an expiry that is near extends, and revalidates nobody', () => {
    const near = aVersion(V1, { expiresOn: inDays(7) });
    expect(outline(anObservation([near], [aSingleServer()]))).toEqual([['extendKeyExpiry', keyId]]);
  });
  it('extends the key of a flexible server that was never down', () => {
    expect(outline(anObservation([expired], [aFlexibleServer()]))).toEqual([['extendKeyExpiry', keyId]]);
  });
  it('does not let a flexible server wait for an extension that it does not need', () => {
    const { steps } = planFor(anObservation([expired], [flexibleDown]));
    expect(steps.map(({ kind, dependsOn }) => [kind, dependsOn.length])).toEqual([
      ['extendKeyExpiry', 0],
      ['revalidateConsumer', 0],
    ]);
  });
  it('extends each of two pinned versions', () => {
    const second = aVersion(V2, { expiresOn: inDays(3) });
    const servers = [aSingleServer('a', { version: V1 }), aSingleServer('b', { version: V2 })];
    const { steps } = planFor(anObservation([expired, second], servers));
    expect(steps.map(({ parameters }) => parameters)).toMatchObject([{ version: V1 }, { version: V2 }]);
  });
  it('names what each step needs, touches and would take to undo', () => {
    const [extension, revalidation] = planFor(anObservation([expired], [down])).steps;
    expect(extension?.actions).toContain('Microsoft.KeyVault/vaults/keys/update/action');
    expect(extension?.touches).toContain(kidOf(V1));
    expect(revalidation?.actions).toContain('Microsoft.DBforMySQL/servers/keys/write');
    expect(revalidation?.touches).toContain(down.id.toLowerCase());
  });
  it('says the same tomorrow', () => {
    const today = anObservation([expired], [down]);
    const tomorrow = { ...today, observedAt: inDays(1) };
    const later = plan(diagnose(tomorrow, new Date(inDays(1)), REMEDIATION), tomorrow, REMEDIATION);
    expect(later.planId).toBe(planFor(today).planId);
  });
  it('is empty for a stopped server, whatever became of its key', () => {
    const stopped = aSingleServer('orders', {
      state: { kind: 'present', value: { state: 'stopped', raw: 'Stopped' } },
    });
    expect(planFor(anObservation([expired], [stopped]))).toMatchObject({ steps: [], instructions: [] });
  });
});

describe('A human is told what to do, and no step is offered', () => {
  const instructionsFor = (observation: KeyObservation) => {
    const { steps, instructions } = planFor(observation);
    return { steps: steps.length, instructions: instructions.join(' ') };
  };

  it.each([
    [
      'a key that may not get any older',
      aVersion(V1, { createdOn: inDays(-4000), expiresOn: inDays(-1) }),
      'new version',
    ],
    ['a key of which nobody could tell what became', [V1, absent] as const, 'az keyvault key recover --vault-name'],
  ])('for %s', (_case, version, words) => {
    const told = instructionsFor(anObservation([version], [down]));
    expect(told.steps).toBe(0);
    expect(told.instructions).toContain(words);
  });
  it('for a key extended to its greatest age already', () => {
    const old = aVersion(V1, { createdOn: '2021-11-25T00:00:00Z', expiresOn: '2026-11-25T00:00:00Z' });
    const told = instructionsFor(anObservation([old], [aSingleServer()]));
    expect(told).toEqual({ steps: 0, instructions: expect.stringContaining('create a new version') });
  });
  it('for a server without identity', () => {
    const told = instructionsFor(anObservation([aVersion()], [aSingleServer('orders', { principalId: absent })]));
    expect(told).toEqual({ steps: 0, instructions: expect.stringContaining('an identity again') });
  });
  it('for a flexible server whose revalidation changed nothing', () => {
    const observation = anObservation([aVersion()], [flexibleDown]);
    const [step] = planFor(observation).steps;
    if (step === undefined) throw new Error('the first plan offers the revalidation');
    const again = planFor(observation, [anAttemptAt(step)]);
    expect(again.steps).toEqual([]);
    expect(again.instructions.join()).toMatch(/Data encryption.*az mysql flexible-server update --ids/);
  });
});

describe('A revalidation that failed', () => {
  it('of a flexible server is offered again: only one that was done shows that it is ignored', () => {
    const observation = anObservation([aVersion()], [flexibleDown]);
    const { steps } = planFor(observation);
    const failed = steps.map((step) => anAttemptAt(step, { outcome: 'failed' }));
    expect(planFor(observation, failed).steps).toEqual(steps);
  });
  it('or was done on another server, says nothing about this one', () => {
    const [other] = planFor(anObservation([aVersion()], [aFlexibleServer('other', { state: inaccessible })])).steps;
    if (other === undefined) throw new Error('the plan offers the revalidation');
    expect(planFor(anObservation([aVersion()], [flexibleDown]), [anAttemptAt(other)]).steps).toHaveLength(1);
  });
  it('or was done, of a single server is offered again: there it is known to work', () => {
    const observation = anObservation([aVersion()], [down]);
    const { steps } = planFor(observation);
    expect(
      planFor(
        observation,
        steps.map((step) => anAttemptAt(step)),
      ).steps,
    ).toEqual(steps);
  });
});
