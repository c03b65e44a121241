import { describe, expect, it } from 'vitest';
import {
  absent,
  type ConsumerFacts,
  type KeyObservation,
  present,
  unknown,
} from '../../src/remediation/model/facts.ts';
import type { Known } from '../../src/remediation/model/known.ts';
import { isWellForKnown } from '../../src/remediation/policy/well-for-known.ts';
import { assessed, did, findingIn, findingsIn, outlineOf } from '../builders/assessed.ts';
import { aBaseline } from '../builders/baseline.ts';
import {
  aDiskEncryptionSet,
  aFlexibleServer,
  anObservation,
  aSingleServer,
  aVault,
  aVersion,
  GROUP,
  inaccessible,
  inDays,
  V1,
  V2,
  withAccess,
} from '../builders/observation.ts';
import { anApprovalOf, policyIn } from '../builders/policy.ts';

const identity = { kind: 'user', id: `${GROUP}/identities/shared`.toLowerCase() } as const;
const source = aSingleServer('orders', { principalId: present('p1'), identity: { kind: 'system' } });
const flexSource = aFlexibleServer('billing', { principalId: present('p2'), identity });
const known: Known = { baseline: aBaseline([source, flexSource]) };
const full = { permissions: ['get', 'list', 'unwrapKey', 'wrapKey'] } as const;

const replica = aSingleServer('replica', {
  state: inaccessible,
  principalId: present('p5'),
  identity: { kind: 'system' },
  copyOf: source.id.toLowerCase(),
});
const restored = aSingleServer('restored', {
  state: inaccessible,
  principalId: present('p6'),
  identity: { kind: 'system' },
});
const flexCopy = aFlexibleServer('billing-copy', {
  state: inaccessible,
  principalId: present('p2'),
  identity,
  copyOf: flexSource.id.toLowerCase(),
});

const withCopies = (...copies: readonly ConsumerFacts[]): KeyObservation =>
  anObservation([aVersion()], [source, flexSource, ...copies], {
    ...withAccess({ p1: full, p2: full, p5: { permissions: [] }, p6: { permissions: [] }, p7: { permissions: [] } }),
    otherKeys: present(false),
  });
const lineageOf = (copy: ConsumerFacts) =>
  findingIn(withCopies(copy), 'copyAwaitingAccess', known)?.evidence['lineage'];
const DEFAULT = policyIn('auto', { autoReverse: [{ step: 'recoverKey', scope: '*' }] });

describe('A copy', () => {
  it('is expected to wait for access of its own: one finding, which says whose copy it is', () => {
    expect(findingsIn(withCopies(replica), known)).toMatchObject([
      {
        kind: 'copyAwaitingAccess',
        target: replica.id.toLowerCase(),
        evidence: { lineage: 'proven', copyOf: source.id.toLowerCase(), missing: 'get unwrapKey wrapKey' },
      },
    ]);
  });
  it('is none where somebody has let in its own identity already: a new server, which is revalidated like any other', () => {
    const newcomer = aSingleServer('later', {
      state: inaccessible,
      principalId: present('p1'),
      identity: { kind: 'system' },
    });
    expect(outlineOf(withCopies(newcomer), { known, policy: DEFAULT })).toEqual([['revalidateConsumer', 'run']]);
    const shared = aFlexibleServer('later', { state: inaccessible, principalId: present('p2'), identity });
    expect(outlineOf(withCopies(shared), { known, policy: DEFAULT })).toEqual([]);
  });
  it('whose lineage Azure states is let in and revalidated by itself, with default settings', () => {
    expect(outlineOf(withCopies(replica), { known, policy: DEFAULT })).toEqual([
      ['grantKeyAccess', 'run'],
      ['revalidateConsumer', 'run'],
    ]);
  });
  it('gets an identity first if it has none', () => {
    const bare = { ...replica, principalId: absent };
    const decision = assessed(withCopies(bare), { known, policy: DEFAULT });
    expect(decision.plan.steps).toMatchObject([
      { kind: 'assignIdentity', risk: 'restore', parameters: { identity: { kind: 'system' } } },
      {
        kind: 'grantKeyAccess',
        parameters: { principalId: 'the identity that this plan assigns' },
        dependsOn: [decision.plan.steps[0]?.stepId],
      },
      { kind: 'revalidateConsumer', dependsOn: decision.plan.steps.slice(0, 2).map(({ stepId }) => stepId) },
    ]);
    expect(decision.kind).toBe('run');
  });
  it('that has its source’s identity is only revalidated', () => {
    expect(outlineOf(withCopies(flexCopy), { known, policy: DEFAULT })).toEqual([['revalidateConsumer', 'run']]);
  });
  it('of a copy leads back to the source', () => {
    const second = { ...restored, name: 'second', copyOf: replica.id.toLowerCase() };
    const observation = withCopies(replica, second);
    expect(findingsIn(observation, known).map(({ evidence }) => evidence['lineage'])).toEqual(['proven', 'proven']);
  });
  it('of itself leads nowhere', () => {
    const loop = { ...flexCopy, copyOf: flexCopy.id.toLowerCase() };
    expect(lineageOf(loop)).toBe('stranger');
  });
  it('waits for its key like any other', () => {
    const observation = { ...withCopies(flexCopy), versions: { [V1]: present(aVersion(V1, { enabled: false })) } };
    const { plan } = assessed(observation, { known });
    expect(plan.steps.map(({ kind }) => kind)).toEqual(['enableKey', 'revalidateConsumer']);
    expect(plan.steps[1]?.dependsOn).toEqual([plan.steps[0]?.stepId]);
  });
  it('whose shared identity lost its access asks: somebody took that', () => {
    const observation = {
      ...withCopies(flexCopy),
      ...withAccess({ p1: full, p2: { permissions: [] } }),
    };
    expect(outlineOf(observation, { known, policy: DEFAULT })[0]).toEqual(['grantKeyAccess', 'ask']);
  });
});

describe('A restored single server, which does not say of what,', () => {
  it('asks, whatever autoReverse names', () => {
    const decision = assessed(withCopies(restored), { known });
    expect(decision.verdicts.map(({ step, verdict }) => [step.kind, verdict])).toEqual([
      ['grantKeyAccess', 'ask'],
      ['revalidateConsumer', 'ask'],
    ]);
    expect(decision.verdicts[0]).toMatchObject({ why: expect.stringContaining('what restored was restored from') });
  });
  describe('and has no identity yet, asks once for all that it needs', () => {
    const bare = { ...restored, principalId: absent };
    const first = assessed(withCopies(bare), { known });
    const [identity, grant] = first.plan.steps;
    if (!identity || !grant) throw new Error('the plan lets it in');
    const approvals = [anApprovalOf(first.plan.steps)];
    /** The facts of the incident once the identity was assigned. */
    const knowing = (assigned?: string): Known => ({
      ...known,
      attempts: [{ ...did(identity, 1), ...(assigned !== undefined && { assigned }) }],
    });
    const verdictsAfter = (copy: ConsumerFacts, assigned?: string) => {
      const attempts = knowing(assigned).attempts ?? [];
      const records = { attempts, approvals };
      return assessed(withCopies(copy), { known: knowing(assigned), records }).verdicts.map((one) => [
        one.step.kind,
        one.verdict,
      ]);
    };

    it('its plan has the grant to the identity that it assigns', () => {
      expect(first.verdicts.map(({ step, verdict }) => [step.kind, verdict])).toEqual([
        ['assignIdentity', 'ask'],
        ['grantKeyAccess', 'ask'],
        ['revalidateConsumer', 'ask'],
      ]);
      expect(assessed(withCopies({ ...bare, tags: { a: 'b' } }), { known }).plan.planId).toBe(first.plan.planId);
    });

    it('and what was approved lets in whom this incident has assigned, whoever that is', () => {
      expect(verdictsAfter(restored, 'p6')).toEqual([
        ['grantKeyAccess', 'run'],
        ['revalidateConsumer', 'run'],
      ]);
      const { plan } = assessed(withCopies(restored), { known: knowing('p6') });
      expect(plan.steps[0]).toMatchObject({ stepId: grant.stepId, assigned: 'p6' });
    });

    it.each([
      ['the ledger says that it was another', 'p7'],
      ['the ledger does not say who it was', undefined],
    ])('and nobody else: it asks anew where %s', (_what, assigned) => {
      expect(verdictsAfter(restored, assigned)[0]).toEqual(['grantKeyAccess', 'ask']);
    });

    it('nor whoever has a user-assigned identity by then', () => {
      expect(verdictsAfter({ ...restored, identity: { kind: 'user', id: '/x' } }, 'p6')).toEqual([]);
    });
  });
  it('keeps nobody else from being known: all is well but for it, unless another is affected as well', () => {
    const well = (observation: KeyObservation) => isWellForKnown(assessed(observation, { known }));
    expect(well(withCopies(restored))).toBe(true);
    expect(well(withCopies())).toBe(true);
    expect(well(withCopies(replica))).toBe(false);
    expect(well(withCopies(restored, { ...replica, state: unknown('503') }))).toBe(false);
    expect(well({ ...withCopies(restored), versions: { [V1]: present(aVersion(V1, { enabled: false })) } })).toBe(
      false,
    );
  });
  it('is let in without a question in a scope that trusts restores, and only there', () => {
    const outline = (trustedRestores: readonly string[]) =>
      outlineOf(withCopies(restored), { known, policy: DEFAULT, remediation: { trustedRestores } })[0];
    expect(outline([GROUP])).toEqual(['grantKeyAccess', 'run']);
    expect(outline([`${GROUP}base`])).toEqual(['grantKeyAccess', 'ask']);
  });
});

describe('A stranger', () => {
  const marked = { tags: { 'cmk-guardian:do-not-heal': '' } };
  it.each<[string, ConsumerFacts]>([
    [
      'a flexible server that is nobody’s copy',
      aFlexibleServer('x', { state: inaccessible, principalId: present('p2'), identity }),
    ],
    ['a copy with another identity than its source', { ...flexCopy, identity: { kind: 'user', id: '/other' } }],
    ['a copy of something unknown', { ...flexCopy, copyOf: '/unknown' }],
    ['a disk encryption set', aDiskEncryptionSet('x', { principalId: present('p7') })],
    ['one of another tenant', { ...replica, tenantId: 'ffff' }],
    ['one whose key is reached by an application', { ...replica, federatedClientId: 'app' }],
  ])('is reported, affects nobody, and nothing is done for it: %s', (_who, stranger) => {
    const decision = assessed(withCopies(stranger), { known, remediation: { trustedRestores: ['*'] } });
    expect(decision.findings.find(({ kind }) => kind === 'copyAwaitingAccess')).toMatchObject({
      evidence: { lineage: 'stranger' },
      harm: [{ level: 'none' }],
    });
    expect([decision.kind, decision.plan.steps]).toEqual(['healthy', []]);
    expect(decision.notes.join()).toContain('It is not let in by itself');
  });
  it('does not make us enable a version that only it uses', () => {
    const stranger = aFlexibleServer('x', { state: inaccessible, version: V2, principalId: present('p2'), identity });
    const observation = {
      ...withCopies(stranger),
      versions: { [V1]: present(aVersion()), [V2]: present(aVersion(V2, { enabled: false })) },
    };
    expect(assessed(observation, { known })).toMatchObject({ kind: 'healthy', plan: { steps: [] } });
  });
  it('forbids nothing by a mark of its own', () => {
    const stranger = aDiskEncryptionSet('x', { principalId: present('p7'), ...marked });
    const observation = {
      ...withCopies(stranger),
      versions: { [V1]: present(aVersion(V1, { expiresOn: inDays(2) })) },
    };
    const decision = assessed(observation, { known });
    expect(decision.verdicts.map(({ verdict }) => verdict)).toEqual(['run']);
    expect(decision.plan.steps[0]?.serves).not.toContain(stranger.id.toLowerCase());
  });
  it('is nobody while no healthy state is known, and nobody who works', () => {
    expect(findingsIn(withCopies(flexCopy)).map(({ kind }) => kind)).toEqual(['consumerInaccessible']);
    const ready = aFlexibleServer('x', { principalId: present('p2'), identity });
    expect(findingsIn(withCopies(ready), known)).toEqual([]);
  });
  it('with an identity that another one uses as well is not let in with that one', () => {
    const stranger = aFlexibleServer('a-stranger', { state: inaccessible, principalId: present('p2'), identity });
    const observation = {
      ...withCopies(stranger),
      ...withAccess({ p1: full, p2: { permissions: [] } }),
    };
    const { plan } = assessed(observation, { known });
    expect(plan.steps.map(({ kind }) => kind)).toEqual(['grantKeyAccess']);
    expect(plan.steps[0]).toMatchObject({
      target: aVault().id.toLowerCase(),
      serves: [flexSource.id.toLowerCase()],
      parameters: { consumerId: flexSource.id.toLowerCase() },
    });
  });
});
