import { describe, expect, it } from 'vitest';
import { rootCauses } from '../../src/remediation/diagnosis/root-causes.ts';
import {
  type Access,
  absent,
  type HeldRole,
  type KeyObservation,
  present,
  unknown,
  type VaultFacts,
} from '../../src/remediation/model/facts.ts';
import { GIVEN_ROLES } from '../../src/remediation/model/given-roles.ts';
import type { Known, Sighting } from '../../src/remediation/model/known.ts';
import { assessed, did, findingIn, findingsIn, kindsIn, outlineOf, stepOf } from '../builders/assessed.ts';
import { aBaseline, wasWell } from '../builders/baseline.ts';
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
  KEY,
  kidOf,
  NOW,
  V1,
  withAccess,
} from '../builders/observation.ts';
import { policyIn } from '../builders/policy.ts';
import { anAssignment } from '../builders/vault-dependents.ts';

const IDENTITY = `${GROUP}/providers/microsoft.managedidentity/userassignedidentities/shared`.toLowerCase();
const user = { kind: 'user', id: IDENTITY } as const;
const single = aSingleServer('orders', {
  birth: inDays(-100),
  state: inaccessible,
  principalId: present('p1'),
  identity: { kind: 'system' },
});
const flexible = aFlexibleServer('billing', { state: inaccessible, principalId: present('p2'), identity: user });
const set = aDiskEncryptionSet('disks', { principalId: present('p3'), identity: { kind: 'system' } });
const vaultId = aVault().id.toLowerCase();
const rbac = { permissionModel: 'rbac' } as const;

const none: Access = { permissions: [] };
const observed = (
  consumers: Parameters<typeof anObservation>[1],
  access: Parameters<typeof withAccess>[0],
  vault: Partial<VaultFacts> = {},
  changes: Partial<KeyObservation> = {},
): KeyObservation =>
  anObservation([aVersion()], consumers, {
    vault: present(aVault(vault)),
    ...withAccess(access),
    otherKeys: present(false),
    ...changes,
  });

const wasAllWell: Known = { baseline: aBaseline([single, flexible, set]), baselineAt: inDays(-10) };

describe('A consumer whose identity may not use the key', () => {
  it.each([
    ['a single server', single, 'p1', ['get', 'unwrapKey'], 'wrapKey'],
    ['a flexible server, which also lists', flexible, 'p2', ['get', 'unwrapKey', 'wrapKey'], 'list'],
    ['a disk encryption set', set, 'p3', ['get'], 'unwrapKey wrapKey'],
  ] as const)('is found with what it lacks: %s', (_what, consumer, principal, permissions, missing) => {
    const observation = observed([consumer], { [principal]: { permissions } });
    expect(findingIn(observation, 'accessMissing', wasAllWell)).toMatchObject({
      target: consumer.id.toLowerCase(),
      evidence: { missing, principalId: principal, model: 'accessPolicies' },
    });
  });
  it('is not found where it has all that it needs, nor where nobody could tell', () => {
    expect(kindsIn(observed([single], { p1: { permissions: ['get', 'unwrapKey', 'wrapKey'] } }), wasAllWell)).toEqual([
      'consumerInaccessible',
    ]);
    expect(kindsIn(anObservation([aVersion()], [set]), wasAllWell)).toEqual([]);
  });
  it('of which nobody could tell is incomplete only where it is down', () => {
    const blind = { p1: unknown('a role of a group'), p3: unknown('a role of a group') };
    expect(findingsIn(observed([single, set], blind), wasAllWell)).toMatchObject([
      { kind: 'observationIncomplete', target: single.id.toLowerCase(), evidence: { access: 'a role of a group' } },
      { kind: 'consumerInaccessible' },
    ]);
  });
  it('works by another way, if it works and was never seen with an access of its own', () => {
    const ready = { ...single, state: present({ state: 'ready', raw: 'Ready' } as const) };
    expect(kindsIn(observed([ready], { p1: none }))).toEqual([]);
    expect(kindsIn(observed([ready], { p1: none }), wasAllWell)).toEqual(['accessMissing']);
  });
  it('counts as one cause with all of its vault: one act may take a whole vault’s policies', () => {
    const observation = observed([single, flexible], { p1: none, p2: none });
    expect(rootCauses(findingsIn(observation, wasAllWell), KEY)).toEqual([vaultId]);
  });
});

describe('Access that was taken', () => {
  it('is given back to its principal, exactly what the consumer needs, and then the server is revalidated', () => {
    const decision = assessed(observed([single], { p1: none }), { known: wasAllWell });
    const [grant, revalidation] = decision.plan.steps;
    expect(grant).toMatchObject({
      kind: 'grantKeyAccess',
      target: vaultId,
      risk: 'reversal',
      reveals: true,
      parameters: {
        model: 'accessPolicies',
        principalId: 'p1',
        permissions: ['get', 'unwrapKey', 'wrapKey'],
        consumerId: single.id.toLowerCase(),
      },
    });
    expect(revalidation).toMatchObject({ kind: 'revalidateConsumer', dependsOn: [grant?.stepId] });
  });
  it('keeps the incident open while a server that is still up may not have noticed yet, and no longer', () => {
    const ready = { ...single, state: present({ state: 'ready', raw: 'Ready' } as const) };
    const grant = stepOf(assessed(observed([ready], { p1: none }), { known: wasAllWell }), 'grantKeyAccess');
    const again = observed([ready], { p1: { permissions: ['get', 'unwrapKey', 'wrapKey'] } });
    const granted = (minutesAgo: number): Known => ({ ...wasAllWell, attempts: [did(grant, minutesAgo)] });
    expect(kindsIn(again, granted(2))).toEqual(['accessUnproven']);
    expect(assessed(again, { known: granted(2) })).toMatchObject({ verdicts: [], lookAgainAt: inDays(1 / 1440) });
    expect(kindsIn(again, granted(16))).toEqual([]);
    const down = observed([single], { p1: { permissions: ['get', 'unwrapKey', 'wrapKey'] } });
    const revalidation = stepOf(assessed(down, { known: granted(2) }), 'revalidateConsumer');
    expect(revalidation.attemptsAt).toHaveLength(5);
    expect(kindsIn(again, { ...wasAllWell, attempts: [did(grant, 3), did(revalidation, 1)] })).toEqual([]);
  });
  it('asks by default, and runs where autoReverse names it', () => {
    const observation = observed([single], { p1: none });
    const verdict = (autoReverse: readonly { step: string; scope: string }[]) =>
      outlineOf(observation, { known: wasAllWell, policy: policyIn('auto', { autoReverse }) })[0];
    expect(verdict([{ step: 'recoverKey', scope: '*' }])).toEqual(['grantKeyAccess', 'ask']);
    expect(verdict([{ step: 'grantKeyAccess', scope: vaultId }])).toEqual(['grantKeyAccess', 'run']);
  });
  it('is given under the model that the vault uses now', () => {
    const decision = assessed(observed([single], { p1: none }, rbac), { known: wasAllWell });
    expect(stepOf(decision, 'grantKeyAccess').parameters).toMatchObject({ model: 'rbac' });
  });
  it.each([
    ['nobody knows a healthy state', {}],
    ['the baseline shows another principal', { baseline: aBaseline([wasWell(single, { principalId: 'other' })]) }],
    ['the baseline shows less than it needs', { baseline: aBaseline([wasWell(single, { permissions: ['get'] })]) }],
  ])('is not given where %s, and the command is said', (_case, known) => {
    const decision = assessed(observed([single], { p1: none }), { known });
    expect(decision.plan.steps).toEqual([]);
    expect(decision.notes.join()).toContain(
      'az keyvault set-policy --name contoso --resource-group data --subscription 00000000-0000-0000-0000-000000000001 --object-id p1 --key-permissions get unwrapKey wrapKey',
    );
  });
  it('is given once for an identity that several use, with what they need together', () => {
    const shared = [
      aFlexibleServer('a', { state: inaccessible, principalId: present('p2'), identity: user }),
      aDiskEncryptionSet('b', { principalId: present('p2'), identity: user }),
    ];
    const decision = assessed(observed(shared, { p2: none }), { known: { baseline: aBaseline(shared) } });
    const grants = decision.plan.steps.filter(({ kind }) => kind === 'grantKeyAccess');
    expect(grants).toMatchObject([{ parameters: { permissions: ['get', 'list', 'unwrapKey', 'wrapKey'] } }]);
    expect(grants[0]?.serves).toEqual(shared.map(({ id }) => id.toLowerCase()));
  });
  it('stays taken where a consumer of it carries the mark', () => {
    const marked = { ...single, tags: { 'cmk-guardian:do-not-heal': '' } };
    expect(outlineOf(observed([marked], { p1: none }), { known: wasAllWell })).toEqual([
      ['grantKeyAccess', 'report'],
      ['revalidateConsumer', 'report'],
    ]);
  });
  it('is never given to a consumer of another tenant', () => {
    const foreign = { ...single, tenantId: 'ffff' };
    expect(assessed(observed([foreign], { p1: none }), { known: wasAllWell }).plan.steps).toEqual([]);
  });
});

describe('An access policy opens every key of the vault, so that it', () => {
  const verdictWith = (changes: Partial<KeyObservation>, dedicatedVaults: readonly string[] = []) =>
    assessed(observed([single], { p1: none }, {}, changes), { known: wasAllWell, remediation: { dedicatedVaults } })
      .verdicts[0]?.verdict;

  it('asks where the vault holds other keys, or nobody knows, whatever autoReverse names', () => {
    expect(verdictWith({ otherKeys: present(true) })).toBe('ask');
    expect(verdictWith({ otherKeys: unknown('403') })).toBe('ask');
  });
  it('does not ask where it holds none, or is dedicated to them', () => {
    expect(verdictWith({ otherKeys: present(false) })).toBe('run');
    expect(verdictWith({ otherKeys: present(true) }, ['contoso'])).toBe('run');
  });
  it('is another matter than a role, which opens one', () => {
    const observation = observed([single], { p1: none }, rbac, { otherKeys: present(true) });
    expect(outlineOf(observation, { known: wasAllWell })[0]).toEqual(['grantKeyAccess', 'run']);
  });
});

describe('A role that died with its vault', () => {
  const recovered = assessed(
    anObservation([[V1, unknown('gone')]], [single], {
      vault: absent,
      vaultLoss: present({
        kind: 'deleted',
        vaultId,
        location: 'koreacentral',
        deletedOn: '2026-11-22T11:00:00Z',
        recoverableUntil: '2027-02-20T11:00:00Z',
        tags: {},
      }),
    }),
  ).plan.steps[0];
  if (recovered === undefined) throw new Error('the plan recovers the vault');
  const KEY_SCOPE = `${vaultId}/keys/${KEY.name}`;
  const at = (scope: string): HeldRole => ({ scope, role: GIVEN_ROLES.key, gives: ['key'] });
  const heldAt = (...scopes: readonly string[]): Known => ({
    baseline: aBaseline([wasWell(single, { roles: scopes.map(at) })], rbac),
    attempts: [did(recovered, 3)],
    incidentOpenedAt: '2026-11-22T11:00:00Z',
  });
  const known = heldAt(KEY_SCOPE);
  const vaultDeletedAt = '2026-11-22T11:00:00Z';
  const assignment = anAssignment('a', { principalId: 'P1', scope: `${vaultId}/keys/${KEY.name}` });
  const policy = policyIn('auto');
  const verdict = (
    changes: Partial<KeyObservation>,
    vault: Partial<VaultFacts> = rbac,
    knowing: Known = known,
    access: Access = none,
  ) =>
    outlineOf(observed([single], { p1: access }, vault, { vaultDeletedAt, ...changes }), { known: knowing, policy })[0];
  const saw = (minutes: number, seen: Omit<Sighting, 'at'>): Sighting => ({
    at: new Date(Date.parse(vaultDeletedAt) + minutes * 60_000).toISOString(),
    ...seen,
  });
  const sighted = (...sightings: readonly Sighting[]) =>
    verdict({ takenAway: present([]) }, rbac, { ...known, sightings });

  it('is given back without a question: nobody took it', () => {
    expect(verdict({ takenAway: present([]) })).toEqual(['grantKeyAccess', 'run']);
  });
  it.each([
    ['somebody had taken it before the vault was deleted', present([assignment])],
    ['nobody can tell whether somebody had', unknown('the log lags behind')],
  ])('asks where %s, unless autoReverse names that', (_case, takenAway) => {
    expect(verdict({ takenAway })).toEqual(['grantKeyAccess', 'ask']);
    const observation = observed([single], { p1: none }, rbac, { takenAway, vaultDeletedAt });
    expect(outlineOf(observation, { known })[0]).toEqual(['grantKeyAccess', 'run']);
  });
  it('is no reason to give an access policy without a question: those come back with the vault', () => {
    expect(verdict({ takenAway: present([]) }, {})).toEqual(['grantKeyAccess', 'ask']);
  });
  it('asks where it was missing at the last look before the vault was deleted, though the baseline holds it still', () => {
    expect(sighted(saw(-60, { has: [], lacks: ['key p1'] }))).toEqual(['grantKeyAccess', 'ask']);
    expect(sighted(saw(-60, { has: [], lacks: ['key p2'] }))).toEqual(['grantKeyAccess', 'run']);
    const again = saw(-5, { has: ['key p1'], lacks: [] });
    expect(sighted(saw(-60, { has: [], lacks: ['key p1'] }), again)).toEqual(['grantKeyAccess', 'run']);
  });
  it('asks once it was seen again after the recovery: what is taken then is somebody’s act', () => {
    const first = saw(10, { has: [], lacks: ['key p1'] });
    expect(sighted(first)).toEqual(['grantKeyAccess', 'run']);
    expect(sighted(first, saw(12, { has: ['key p1'], lacks: [] }))).toEqual(['grantKeyAccess', 'ask']);
    expect(sighted(first, saw(12, { has: ['key p2'], lacks: ['key p1'] }))).toEqual(['grantKeyAccess', 'run']);
  });
  it.each([
    ['the resource group', GROUP.toLowerCase()],
    ['the subscription', GROUP.toLowerCase().split('/').slice(0, 3).join('/')],
    ['a management group', '/providers/microsoft.management/managementgroups/all'],
    ['the root', ''],
  ])(
    'asks where it was held at %s alone, or there as well: that outlives the vault, so somebody took it',
    (_case, scope) => {
      const taken = { takenAway: present([]) };
      expect(verdict(taken, rbac, heldAt(scope))).toEqual(['grantKeyAccess', 'ask']);
      expect(verdict(taken, rbac, heldAt(scope, KEY_SCOPE))).toEqual(['grantKeyAccess', 'ask']);
      const still: Access = { permissions: [], roles: [at(scope)] };
      expect(verdict(taken, rbac, heldAt(scope, KEY_SCOPE), still)).toEqual(['grantKeyAccess', 'run']);
    },
  );
  it('asks where an older version recorded its access without the roles that gave it: nobody can tell where they were', () => {
    const old = { ...known, baseline: aBaseline([single], rbac) };
    expect(verdict({ takenAway: present([]) }, rbac, old)).toEqual(['grantKeyAccess', 'ask']);
  });
});

describe('A consumer without an identity', () => {
  const bare = { ...single, principalId: absent };

  it('gets a system-assigned one again, if it had one, and is let in when it shows who it is', () => {
    const decision = assessed(observed([bare], {}), { known: wasAllWell });
    expect(decision.plan.steps).toMatchObject([
      { kind: 'assignIdentity', target: single.id.toLowerCase(), risk: 'reversal', reveals: true },
      { kind: 'revalidateConsumer', dependsOn: [decision.plan.steps[0]?.stepId] },
    ]);
  });
  it('is let in as its new principal only after this incident has given it one', () => {
    const [assigned] = assessed(observed([bare], {}), { known: wasAllWell }).plan.steps;
    if (assigned === undefined) throw new Error('the plan assigns an identity');
    const renewed = observed([{ ...single, principalId: present('p9') }], { p9: none });
    expect(outlineOf(renewed, { known: wasAllWell })).toEqual([]);
    const known = { ...wasAllWell, attempts: [did(assigned, 1)] };
    expect(outlineOf(renewed, { known })).toEqual([
      ['grantKeyAccess', 'run'],
      ['revalidateConsumer', 'run'],
    ]);
    const foreign = observed([{ ...single, identity: user, principalId: present('p9') }], { p9: none });
    expect(outlineOf(foreign, { known })).toEqual([]);
    const neverSeen = { ...known, baseline: aBaseline([wasWell(single, { permissions: [] })]) };
    expect(outlineOf(renewed, { known: neverSeen })).toEqual([]);
  });
  it('gets the user-assigned one that it had, while that one exists', () => {
    const unassigned = { ...flexible, principalId: absent };
    const decision = assessed(observed([unassigned], {}), { known: wasAllWell });
    expect(stepOf(decision, 'assignIdentity').parameters).toMatchObject({ identity: user });
  });
  it.each([
    ['was found to be gone', { ...flexible, principalId: absent, identityGone: true as const }, []],
    ['was refused when it was assigned', { ...flexible, principalId: absent }, ['blocked'] as const],
  ])('is a human’s where its user-assigned one %s', (_case, consumer, outcomes) => {
    const observation = observed([consumer], {});
    const offered = assessed(observed([{ ...flexible, principalId: absent }], {}), { known: wasAllWell });
    const attempts = outcomes.map((outcome) => did(stepOf(offered, 'assignIdentity'), 1, outcome));
    const decision = assessed(observation, { known: { ...wasAllWell, attempts } });
    expect([decision.kind, decision.plan.steps]).toEqual(['report', []]);
    expect(decision.notes.join()).toContain('az identity create --name shared');
    expect(decision.notes.join()).toContain('az mysql flexible-server identity assign --server-name billing');
  });
  it('is a human’s where nobody knows which one it had', () => {
    const decision = assessed(observed([bare], {}));
    expect([decision.plan.steps, decision.notes.join()]).toEqual([[], expect.stringContaining('--assign-identity')]);
  });
  it('does not keep another one waiting', () => {
    const human = { ...flexible, principalId: absent, identityGone: true as const };
    const expired = aVersion(V1, { expiresOn: '2026-11-21T12:00:00Z' });
    const observation = {
      ...observed([human, single], { p1: { permissions: ['get', 'unwrapKey', 'wrapKey'] } }),
      versions: { [V1]: present(expired) },
    };
    expect(assessed(observation, { known: wasAllWell }).plan.steps.map(({ kind, target }) => [kind, target])).toEqual([
      ['extendKeyExpiry', `https://${KEY.host}/keys/${KEY.name}`],
      ['revalidateConsumer', single.id.toLowerCase()],
    ]);
  });
});

describe('An identity that Entra does not know any more', () => {
  const seen = observed([single], { p1: { permissions: ['get', 'unwrapKey', 'wrapKey'] } });
  const revalidation = stepOf(assessed(seen, { known: wasAllWell }), 'revalidateConsumer');
  const refused = {
    ...did(revalidation, 2, 'blocked'),
    why: 'AzureKeyVaultNoServerIdentity: the identity is not there',
  };

  it('shows in how Azure refused to use it, and is replaced', () => {
    const known = { ...wasAllWell, attempts: [refused] };
    expect(findingIn(seen, 'identityMissing', known)?.evidence['refused']).toBe('p1');
    expect(stepOf(assessed(seen, { known }), 'assignIdentity').parameters).toMatchObject({
      identity: { kind: 'system' },
      replaces: 'p1',
    });
  });
  it('is not what another refusal says, nor one before it was replaced', () => {
    const other = { ...refused, why: 'KeyVaultAccessForbidden' };
    expect(kindsIn(seen, { ...wasAllWell, attempts: [other] })).toEqual(['consumerInaccessible']);
    const replaced = {
      ...refused,
      step: 'assignIdentity',
      stepId: 'x',
      outcome: 'done',
      at: NOW.toISOString(),
    } as const;
    expect(kindsIn(seen, { ...wasAllWell, attempts: [refused, replaced] })).toEqual(['consumerInaccessible']);
  });
  it('shows in a rotation that failed only once an update is refused as well: the error may be old', () => {
    const error = { code: 'ManagedServiceIdentityNotFound', message: '' };
    const observation = observed([{ ...set, rotation: { toLatest: true, error } }], {
      p3: { permissions: ['get', 'unwrapKey', 'wrapKey'] },
    });
    const first = assessed(observation, { known: wasAllWell });
    expect(first.plan.steps.map(({ kind }) => kind)).toEqual(['clearAutoRotationError']);
    const attempts = [{ ...did(stepOf(first, 'clearAutoRotationError'), 2, 'blocked'), why: error.code }];
    const { plan } = assessed(observation, { known: { ...wasAllWell, attempts } });
    expect(plan.steps.map(({ kind }) => kind)).toEqual(['assignIdentity', 'clearAutoRotationError']);
    expect(plan.steps[1]?.dependsOn).toEqual([plan.steps[0]?.stepId]);
  });
  it('is a human’s where it is user-assigned', () => {
    const shown = observed([flexible], { p2: { permissions: ['get', 'list', 'unwrapKey', 'wrapKey'] } });
    const attempts = [{ ...refused, target: flexible.id }];
    const decision = assessed(shown, { known: { ...wasAllWell, attempts } });
    expect([decision.plan.steps, decision.notes.join()]).toEqual([[], expect.stringContaining('az identity create')]);
  });
});

describe('A disk encryption set that could read its vault', () => {
  const full = { permissions: ['get', 'unwrapKey', 'wrapKey'] } as const;
  const known: Known = { baseline: aBaseline([wasWell(set, { reader: true })]) };

  it('can do so again: somebody took that', () => {
    const decision = assessed(observed([set], { p3: { ...full, reader: false } }), { known });
    expect(decision.findings).toMatchObject([{ kind: 'readerMissing', rows: ['S1.20'] }]);
    expect(decision.plan.steps).toMatchObject([
      { kind: 'grantReader', risk: 'reversal', target: vaultId, parameters: { principalId: 'p3' } },
    ]);
  });
  it('is well where it still can, where it never could, and where nobody can tell', () => {
    expect(kindsIn(observed([set], { p3: { ...full, reader: true } }), known)).toEqual([]);
    expect(kindsIn(observed([set], { p3: { ...full, reader: false } }), wasAllWell)).toEqual([]);
    expect(kindsIn(observed([set], { p3: full }), known)).toEqual([]);
  });
  it('is a human’s where it has another identity', () => {
    const other = { ...set, principalId: present('p7') };
    const decision = assessed(observed([other], { p7: { ...full, reader: false } }), { known });
    expect([decision.plan.steps, decision.notes.join()]).toEqual([[], expect.stringContaining('--role Reader')]);
  });
  it('names its key', () => {
    expect(
      findingIn(observed([set], { p3: { ...full, reader: false } }), 'readerMissing', known)?.evidence['kid'],
    ).toBe(kidOf(V1));
  });
});
