import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/remediation/diagnosis/diagnose.ts';
import { absent, type KeyObservation, present, unknown } from '../../../src/remediation/model/facts.ts';
import { isHealthy } from '../../../src/remediation/model/findings.ts';
import {
  aFlexibleServer,
  anObservation,
  aSingleServer,
  aVersion,
  inaccessible,
  inDays,
  kidOf,
  NOW,
  V1,
  V2,
} from '../../builders/observation.ts';
import { REMEDIATION } from '../../builders/policy.ts';

const findingsOf = (observation: KeyObservation) => diagnose(observation, NOW, REMEDIATION);
const kindsOf = (observation: KeyObservation) => findingsOf(observation).map(({ kind }) => kind);
const impactOf = (observation: KeyObservation, kind: string) =>
  findingsOf(observation).find((finding) => finding.kind === kind)?.harm;

describe('A key whose versions never expire and whose servers are ready', () => {
  it('is healthy', () => {
    expect(findingsOf(anObservation([aVersion()], [aSingleServer(), aFlexibleServer()]))).toEqual([]);
  });
  it('is healthy as well where nobody uses it', () => {
    expect(isHealthy(findingsOf(anObservation([], [])))).toBe(true);
  });
});

describe('Expiry', () => {
  const expired = aVersion(V1, { expiresOn: inDays(-1) });

  it('is a matter of the pinned version, however fresh the latest is', () => {
    const observation = anObservation([expired, aVersion(V2)], [aSingleServer('old', { version: V1 })]);
    expect(findingsOf(observation).map(({ kind, target }) => [kind, target])).toEqual([['keyExpired', kidOf(V1)]]);
  });
  it('of a version that nobody pins affects nobody', () => {
    expect(kindsOf(anObservation([expired, aVersion(V2)], [aSingleServer('new', { version: V2 })]))).toEqual([]);
  });
  it('has struck at the very second of the expiry', () => {
    const observation = (expiresOn: string) => anObservation([aVersion(V1, { expiresOn })], [aSingleServer()]);
    expect(kindsOf(observation(NOW.toISOString()))).toEqual(['keyExpired']);
    expect(kindsOf(observation(new Date(NOW.getTime() + 1000).toISOString()))).toEqual(['keyNearExpiry']);
  });
  it('is near up to the configured time ahead, and no further', () => {
    const observation = (days: number) => anObservation([aVersion(V1, { expiresOn: inDays(days) })], [aSingleServer()]);
    expect(kindsOf(observation(30))).toEqual(['keyNearExpiry']);
    expect(kindsOf(observation(30.001))).toEqual([]);
  });
  it('takes a single server within ten minutes', () => {
    const version = aVersion(V1, { expiresOn: '2026-11-22T11:55:00Z' });
    expect(impactOf(anObservation([version], [aSingleServer()]), 'keyExpired')).toEqual([
      expect.objectContaining({ level: 'latent', deadline: '2026-11-22T12:05:00.000Z' }),
    ]);
  });
  it('is active impact on a single server that is inaccessible', () => {
    const observation = anObservation([expired], [aSingleServer('orders', { state: inaccessible })]);
    expect(impactOf(observation, 'keyExpired')).toEqual([expect.objectContaining({ level: 'active' })]);
  });
  it('does not stop a flexible server, but weakens it: it is not healthy, and there is no deadline', () => {
    const [harm] = impactOf(anObservation([expired], [aFlexibleServer()]), 'keyExpired') ?? [];
    expect(harm?.level).toBe('latent');
    expect(harm?.deadline).toBeUndefined();
    expect(harm?.sentence).toContain('accessible by design');
  });
  it('that is near threatens a single server at the expiry', () => {
    const version = aVersion(V1, { expiresOn: inDays(7) });
    expect(impactOf(anObservation([version], [aSingleServer()]), 'keyNearExpiry')).toEqual([
      expect.objectContaining({ level: 'latent', deadline: inDays(7) }),
    ]);
  });
  it.each([-1, 7])('of a disabled version is not the fault that is found (%d days from now)', (days) => {
    const version = aVersion(V1, { expiresOn: inDays(days), enabled: false });
    expect(kindsOf(anObservation([version], [aSingleServer()]))).toEqual(['keyDisabled']);
  });
});

describe('An inaccessible server', () => {
  const down = aSingleServer('orders', { state: inaccessible });
  const flexibleDown = aFlexibleServer('billing', { state: inaccessible });
  const explanations = (observation: KeyObservation) =>
    findingsOf(observation)
      .filter(({ kind }) => kind === 'consumerInaccessible')
      .map(({ explainedBy }) => explainedBy);

  it('is explained by the expiry of the version that it pins', () => {
    expect(explanations(anObservation([aVersion(V1, { expiresOn: inDays(-1) })], [down]))).toEqual([
      `keyExpired ${kidOf(V1)}`,
    ]);
  });
  it('is not explained by the expiry of another version', () => {
    const observation = anObservation(
      [aVersion(V1), aVersion(V2, { expiresOn: inDays(-1) })],
      [down, aSingleServer('other', { version: V2 })],
    );
    expect(explanations(observation)).toEqual([undefined]);
  });
  it('is a root cause where its key is fine, and where expiry is only near', () => {
    expect(explanations(anObservation([aVersion()], [down]))).toEqual([undefined]);
    expect(explanations(anObservation([aVersion(V1, { expiresOn: inDays(7) })], [down]))).toEqual([undefined]);
  });
  it('of the flexible kind is not explained by an expired key, but by a disabled one', () => {
    expect(explanations(anObservation([aVersion(V1, { expiresOn: inDays(-1) })], [flexibleDown]))).toEqual([undefined]);
    expect(explanations(anObservation([aVersion(V1, { enabled: false })], [flexibleDown]))).toEqual([
      `keyDisabled ${kidOf(V1)}`,
    ]);
  });
  it('is explained by its missing identity', () => {
    const bare = aSingleServer('orders', { state: inaccessible, principalId: absent });
    expect(explanations(anObservation([aVersion()], [bare]))).toEqual([`identityMissing ${bare.id.toLowerCase()}`]);
  });
});

describe('A server that is not in use', () => {
  it.each(['busy', 'stopped', 'unfamiliar'] as const)('%s is not an incident', (state) => {
    const server = aSingleServer('orders', { state: present({ state, raw: 'whatever' }) });
    expect(isHealthy(findingsOf(anObservation([aVersion()], [server])))).toBe(true);
  });
  it('stopped, does not make an expired key one', () => {
    const server = aSingleServer('orders', { state: present({ state: 'stopped', raw: 'Stopped' }) });
    expect(isHealthy(findingsOf(anObservation([aVersion(V1, { expiresOn: inDays(-1) })], [server])))).toBe(true);
  });
  it('busy, still needs its expired key', () => {
    const server = aSingleServer('orders', { state: present({ state: 'busy', raw: 'Updating' }) });
    expect(isHealthy(findingsOf(anObservation([aVersion(V1, { expiresOn: inDays(-1) })], [server])))).toBe(false);
  });
  it('gone since it was listed, counts no more', () => {
    const version = aVersion(V1, { expiresOn: inDays(-1) });
    expect(findingsOf(anObservation([version], [aSingleServer('orders', { state: absent })]))).toEqual([]);
  });
});

describe('What cannot be read', () => {
  it('is never healthy, and never an incident either', () => {
    const findings = findingsOf(anObservation([[V1, unknown('403 from the firewall')]], [aSingleServer()]));
    expect(isHealthy(findings)).toBe(false);
    expect(findings.flatMap(({ harm }) => harm.map(({ level }) => level))).toEqual(['none']);
  });
  it('is named with its reason', () => {
    const [finding] = findingsOf(anObservation([[V1, unknown('403 from the firewall')]], [aSingleServer()]));
    expect(finding).toMatchObject({
      kind: 'observationIncomplete',
      target: kidOf(V1),
      evidence: { version: '403 from the firewall' },
    });
  });
  it('includes a pinned version that nobody read', () => {
    expect(kindsOf(anObservation([], [aSingleServer()]))).toEqual(['observationIncomplete']);
  });
  it('of one server does not hide what is wrong with the key', () => {
    const observation = anObservation(
      [aVersion(V1, { expiresOn: inDays(-1) })],
      [aSingleServer('orders', { state: inaccessible }), aSingleServer('blind', { state: unknown('timeout') })],
    );
    expect(kindsOf(observation)).toEqual(['observationIncomplete', 'keyExpired', 'consumerInaccessible']);
  });
  it('is all there is where the consumers could not be listed', () => {
    const observation = anObservation([aVersion(V1, { expiresOn: inDays(-1) })], [], { consumers: unknown('429') });
    expect(kindsOf(observation)).toEqual(['observationIncomplete']);
  });
  it('includes a vault that is out of sight while its key answers', () => {
    expect(kindsOf(anObservation([aVersion()], [aSingleServer()], { vault: absent }))).toEqual(['vaultUnreachable']);
  });
});

describe('A key that cannot be used', () => {
  it('is missing where the version is absent', () => {
    expect(kindsOf(anObservation([[V1, absent]], [aFlexibleServer()]))).toEqual(['keyMissing']);
  });
  it('is not yet active before its activation date', () => {
    const observation = (days: number) => anObservation([aVersion(V1, { notBefore: inDays(days) })], [aSingleServer()]);
    expect(kindsOf(observation(1))).toEqual(['keyNotYetActive']);
    expect(kindsOf(observation(0))).toEqual([]);
  });
  it('is disabled, whatever its activation date', () => {
    const version = aVersion(V1, { notBefore: inDays(1), enabled: false });
    expect(kindsOf(anObservation([version], [aSingleServer()]))).toEqual(['keyDisabled']);
  });
});
