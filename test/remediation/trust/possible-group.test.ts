import { describe, expect, it } from 'vitest';
import {
  absent,
  type ConsumerFacts,
  type KeyObservation,
  present,
  unknown,
} from '../../../src/remediation/model/facts.ts';
import { hasImpact } from '../../../src/remediation/model/findings.ts';
import type { KeyPermission } from '../../../src/remediation/model/key-permission.ts';
import type { Known } from '../../../src/remediation/model/known.ts';
import type { Attempt } from '../../../src/remediation/model/records.ts';
import { assessed, findingsIn } from '../../builders/assessed.ts';
import { aBaseline } from '../../builders/baseline.ts';
import {
  aDiskEncryptionSet,
  aFlexibleServer,
  anObservation,
  aSingleServer,
  aVersion,
  inaccessible,
  inDays,
} from '../../builders/observation.ts';

const WHOLE: readonly KeyPermission[] = ['get', 'list', 'unwrapKey', 'wrapKey'];
const PRINCIPAL = '00000000-0000-0000-0000-0000000000b1';

/** The consumer's own permissions, where an entry of the vault may belong to a group that gives it the others. */
const maybe = (consumer: ConsumerFacts, own: readonly KeyPermission[] = [], version = aVersion()): KeyObservation =>
  anObservation([version], [consumer], {
    access: { [PRINCIPAL]: unknown('it depends on a group') },
    direct: { [PRINCIPAL]: own },
    otherKeys: present(false),
  });

const wasWell = (consumer: ConsumerFacts, permissions: readonly KeyPermission[]): Known => {
  const baseline = aBaseline([consumer]);
  return { baseline: { ...baseline, consumers: baseline.consumers.map((one) => ({ ...one, permissions })) } };
};

const lacks = (observation: KeyObservation, known: Known = {}): boolean =>
  findingsIn(observation, known).some(({ kind }) => kind === 'accessMissing');

const tried = (consumer: ConsumerFacts, outcome: Attempt['outcome']): Attempt => ({
  stepId: '1'.repeat(64),
  step: 'revalidateConsumer',
  target: consumer.id.toLowerCase(),
  outcome,
  why: 'AzureKeyVaultMissingPermissions',
  at: inDays(-0.01),
});

const kinds = [aSingleServer(), aFlexibleServer(), aDiskEncryptionSet()] as const;

describe('Access that a group may give', () => {
  it.each(kinds)('is no fault and no incident of $kind that was well without an entry of its own', (consumer) => {
    const known = wasWell(consumer, []);
    const findings = findingsIn(maybe(consumer), known);
    expect(findings.filter(hasImpact)).toEqual([]);
    expect(assessed(maybe(consumer), { known }).kind).toBe('healthy');
  });

  it.each(kinds)('keeps no key of $kind from being extended, and no server from being revalidated', (consumer) => {
    const known = wasWell(consumer, []);
    const near = aVersion(undefined, { expiresOn: inDays(1) });
    const { plan, verdicts } = assessed(maybe(consumer, [], near), { known });
    expect(plan.steps.map(({ kind }) => kind)).toContain('extendKeyExpiry');
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(verdicts.map(() => 'run'));
    if (consumer.kind === 'diskEncryptionSet') return;
    const down = { ...consumer, state: inaccessible };
    const again = assessed(maybe(down), { known });
    expect(again.plan.steps.map(({ kind }) => kind)).toEqual(['revalidateConsumer']);
    expect(again.verdicts.map(({ verdict }) => verdict)).toEqual(['run']);
  });

  it.each(kinds)('is missing where an entry of its own is gone that $kind had when all was well', (consumer) => {
    expect(lacks(maybe(consumer), wasWell(consumer, WHOLE))).toBe(true);
    expect(lacks(maybe(consumer, ['get']), wasWell(consumer, WHOLE))).toBe(true);
    expect(lacks(maybe(consumer), wasWell(consumer, []))).toBe(false);
  });

  it('is missing where a server is shut out that nobody ever saw well, unless its key is the reason', () => {
    const down = aSingleServer('orders', { state: inaccessible });
    expect(lacks(maybe(down))).toBe(true);
    expect(lacks(maybe(down, [], aVersion(undefined, { enabled: false })))).toBe(false);
    expect(lacks(maybe(aSingleServer()))).toBe(false);
  });

  it.each(kinds)('is missing where the last try of its key was refused to $kind', (consumer) => {
    const known = wasWell(consumer, []);
    const since = { ...known, incidentOpenedAt: inDays(-0.1) };
    // A server that is ready proves that it has its key, whatever the answer to its last attempt was.
    const shut = consumer.kind === 'diskEncryptionSet' ? consumer : { ...consumer, state: inaccessible };
    expect(lacks(maybe(shut), { ...since, attempts: [tried(consumer, 'blocked')] })).toBe(true);
    expect(lacks(maybe(shut), { ...since, attempts: [tried(consumer, 'done')] })).toBe(false);
  });

  it('is told with what the principal has itself', () => {
    const down = aSingleServer('orders', { state: inaccessible });
    const [finding] = findingsIn(maybe(down, ['get'])).filter(({ kind }) => kind === 'accessMissing');
    expect(finding?.evidence).toMatchObject({ missing: 'unwrapKey wrapKey', principalId: PRINCIPAL });
    expect(findingsIn({ ...maybe(down), consumers: absent })).toEqual([]);
  });
});
