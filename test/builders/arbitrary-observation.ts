import fc from 'fast-check';
import {
  type Access,
  absent,
  type ConsumerFacts,
  type Fact,
  type KeyObservation,
  type KeyVersionFacts,
  type NetworkRules,
  present,
  unknown,
  type VaultFacts,
} from '../../src/remediation/model/facts.ts';
import {
  aDiskEncryptionSet,
  aFlexibleServer,
  anObservation,
  aSingleServer,
  aVault,
  aVersion,
  GROUP,
  inDays,
  unstated,
  V1,
  V2,
} from './observation.ts';
import { anAssignment, anEventSubscription, aSetting, dependents } from './vault-dependents.ts';

const blindly = unknown('403 from the firewall');
const blind = fc.constant(blindly);
const gone = fc.constant(absent);
const days = fc.integer({ min: -400, max: 400 });
const tags = fc.constantFrom<Record<string, string>>({}, {}, {}, { 'cmk-guardian:do-not-heal': 'true' });

/** Mostly a fact, sometimes absent, sometimes unknown. */
const mostly = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<Fact<T>> =>
  fc.oneof({ weight: 6, arbitrary: values.map((value) => present(value)) }, gone, blind);

const version = (name: string): fc.Arbitrary<Fact<KeyVersionFacts>> =>
  mostly(
    fc
      .record({
        expires: fc.option(days),
        starts: fc.option(days),
        enabled: fc.constantFrom(true, true, false),
        made: fc.constantFrom(-180, -180, -4000, -0.1),
        tags,
      })
      .map(({ expires, starts, enabled, made, ...rest }) =>
        aVersion(name, {
          ...rest,
          enabled,
          createdOn: inDays(made),
          ...(expires === null ? {} : { expiresOn: inDays(expires) }),
          ...(starts === null ? {} : { notBefore: inDays(starts) }),
        }),
      ),
  );

const loss: fc.Arbitrary<KeyObservation['loss']> = fc.oneof(
  tags.map((marked) =>
    present({ kind: 'deleted', deletedOn: inDays(-1), recoverableUntil: inDays(89), tags: marked } as const),
  ),
  fc.constantFrom(undefined, present({ kind: 'gone' } as const), present({ kind: 'versionMissing' } as const)),
  blind,
);

const vaultLoss: fc.Arbitrary<KeyObservation['vaultLoss']> = fc.oneof(
  tags.map((marked) =>
    present({
      kind: 'deleted',
      vaultId: aVault().id,
      location: 'koreacentral',
      deletedOn: inDays(-1),
      recoverableUntil: inDays(89),
      tags: marked,
    } as const),
  ),
  fc.constantFrom(undefined, present({ kind: 'gone' } as const)),
  blind,
);

const state: fc.Arbitrary<ConsumerFacts['state']> = fc.oneof(
  fc
    .constantFrom('ready', 'inaccessible', 'inaccessible', 'busy', 'stopped', 'unfamiliar')
    .map((name) => present({ state: name, raw: name } as const)),
  gone,
  blind,
);

/** The principals of consumers; several consumers may share the last one. */
export const PRINCIPALS = ['p-a', 'p-b', 'p-c', 'p-shared'] as const;
const SHARED = { kind: 'user', id: `${GROUP}/identities/shared`.toLowerCase() } as const;

/** A system-assigned identity belongs to one consumer; consumers with the same user-assigned identity are the same principal. */
const identity = (name: string): fc.Arbitrary<Pick<ConsumerFacts, 'principalId' | 'identity'>> =>
  fc.oneof(
    mostly(fc.constant(`p-${name}`)).map((principalId) => ({ principalId, identity: { kind: 'system' } as const })),
    mostly(fc.constant('p-shared')).map((principalId) => ({ principalId, identity: SHARED })),
    fc.constant({ principalId: absent }),
  );

const machines: fc.Arbitrary<Pick<ConsumerFacts, 'machines'>> = fc.oneof(
  fc.constant({}),
  mostly(
    fc
      .constantFrom('running', 'stopped', 'deallocated', 'other')
      .map((power) => [{ id: '/vm/a', name: 'a', power } as const]),
  ).map((all) => ({ machines: all })),
);

const consumer = (name: string): fc.Arbitrary<ConsumerFacts> =>
  fc
    .record({
      make: fc.constantFrom(aSingleServer, aFlexibleServer, aDiskEncryptionSet),
      state,
      version: fc.constantFrom(V1, V1, V2, unstated(), unstated('P1D')),
      use: fc.constantFrom('active', 'active', 'active', 'geoBackup', 'previous', 'anyOf'),
      other: fc.constantFrom(undefined, present(true), present(false), blindly),
      tags,
      whose: identity(name),
      tenantId: fc.constantFrom(undefined, undefined, aVault().tenantId, 'another'),
      copyOf: fc.constantFrom(undefined, undefined, aSingleServer('a').id, aFlexibleServer('b').id),
      rotates: fc.constantFrom(undefined, { toLatest: true, error: { code: 'Refused', message: 'no' } }),
      machines,
    })
    .map(({ make, whose, tenantId, copyOf, rotates, machines: seen, other, ...facts }) =>
      make(name, {
        ...facts,
        ...(facts.use === 'anyOf' && { otherKeys: ['https://other.vault.azure.net/keys/cmk'] }),
        ...(facts.use === 'anyOf' && other && { otherKeyWorks: other }),
        ...whose,
        ...seen,
        ...(tenantId && { tenantId }),
        ...(copyOf && { copyOf: copyOf.toLowerCase() }),
        ...(rotates && { rotation: rotates }),
      }),
    );

const list = fc
  .tuple(...['a', 'b', 'c'].map((name) => fc.option(consumer(name))))
  .map((all) => all.flatMap((one) => one ?? []));

const access: fc.Arbitrary<NonNullable<KeyObservation['access']>> = fc
  .tuple(
    ...PRINCIPALS.map(() =>
      mostly<Access>(
        fc.record({
          permissions: fc.subarray(['get', 'list', 'unwrapKey', 'wrapKey'] as const),
          reader: fc.boolean(),
        }),
      ),
    ),
  )
  .map((all) => Object.fromEntries(PRINCIPALS.map((principal, at) => [principal, all[at] ?? absent])));

const network: fc.Arbitrary<NetworkRules> = fc.record({
  publicNetworkAccess: fc.constantFrom('Enabled', 'Disabled', 'SecuredByPerimeter'),
  defaultAction: fc.constantFrom('Allow', 'Deny'),
  bypass: fc.constantFrom('AzureServices', 'AzureServices', 'None'),
  ipRules: fc.constant([]),
  virtualNetworkRules: fc.constant([]),
});

const vault: fc.Arbitrary<Fact<VaultFacts>> = mostly(
  fc
    .record({
      tags,
      network,
      permissionModel: fc.constantFrom('accessPolicies' as const, 'rbac' as const),
      softDelete: fc.record({
        enabled: fc.boolean(),
        purgeProtection: fc.boolean(),
        retentionDays: fc.constantFrom(7, 90),
      }),
    })
    .map(aVault),
);

const notRebuilt = fc.constantFrom<KeyObservation['notRebuilt']>(
  undefined,
  unknown('403'),
  present(dependents()),
  present(
    dependents({
      roleAssignments: [anAssignment('a')],
      eventSubscriptions: [
        anEventSubscription('hook'),
        anEventSubscription('queue', { own: true, body: { to: 'queue' } }),
      ],
      diagnosticSettings: [aSetting('cmk-guardian')],
    }),
  ),
);

const V3 = '33333333333333333333333333333333';

/** The versions that were current within the lag of consumers that name no version. */
const superseded = fc.constantFrom<KeyObservation['superseded']>(
  undefined,
  unknown('no list'),
  present([]),
  present([{ version: V2, at: inDays(-0.1) }]),
  present([
    { version: V2, at: inDays(-0.1) },
    { version: V1, at: inDays(-0.5) },
  ]),
);

const asked = fc.record({
  loss,
  vaultLoss,
  current: fc.oneof(fc.constant(undefined), version(V3)),
  superseded,
  backup: fc.constantFrom<KeyObservation['backup']>(undefined, present('contoso/mysql-cmk'), absent, unknown('403')),
  otherKeys: fc.constantFrom<KeyObservation['otherKeys']>(undefined, present(true), present(false), unknown('403')),
  takenAway: fc.constantFrom<KeyObservation['takenAway']>(undefined, present([]), unknown('the log lags behind')),
  notRebuilt,
});

const withoutUndefined = <T extends object>(facts: T): { [Name in keyof T]: NonNullable<T[Name]> } =>
  Object.fromEntries(Object.entries(facts).filter(([, fact]) => fact !== undefined)) as {
    [Name in keyof T]: NonNullable<T[Name]>;
  };

/** A key with a visible version is neither deleted nor gone. */
const lossBeside = (
  versions: readonly Fact<KeyVersionFacts>[],
  told: KeyObservation['loss'],
): KeyObservation['loss'] =>
  told?.kind === 'present' && versions.some(({ kind }) => kind === 'present')
    ? present({ kind: 'versionMissing' })
    : told;

/** A key without a visible version has no current one either. */
const currentBeside = (
  versions: readonly Fact<KeyVersionFacts>[],
  told: KeyObservation['current'],
): KeyObservation['current'] =>
  told?.kind === 'present' && !versions.some(({ kind }) => kind === 'present') ? absent : told;

/** Any key with up to three consumers, any of their facts absent or unknown. */
export const arbitraryObservation: fc.Arbitrary<KeyObservation> = fc
  .record({
    one: version(V1),
    two: version(V2),
    consumers: list,
    listed: fc.oneof({ weight: 8, arbitrary: fc.constant(true) }, fc.constant(false)),
    vault,
    access: fc.option(access),
    asked,
  })
  .map(({ one, two, consumers, listed, vault: seen, access: may, asked: answers }) => {
    const current = currentBeside([one, two], answers.current);
    const versions = [[V1, one] as const, [V2, two] as const, ...(current ? [[V3, current] as const] : [])];
    const told = lossBeside(
      versions.map(([, fact]) => fact),
      answers.loss,
    );
    return anObservation(versions, listed ? consumers : [], {
      vault: seen,
      ...withoutUndefined({ ...answers, current, loss: told }),
      ...(may && { access: may }),
      ...(listed ? {} : { consumers: unknown('429') }),
    });
  });
