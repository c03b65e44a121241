import { describe, expect, it } from 'vitest';
import { causesIn } from '../../../src/remediation/diagnosis/root-causes.ts';
import {
  absent,
  type ConsumerFacts,
  type ConsumerState,
  type KeyObservation,
  present,
  unknown,
} from '../../../src/remediation/model/facts.ts';
import type { Known } from '../../../src/remediation/model/known.ts';
import { findingsIn, kindsIn, outlineOf } from '../../builders/assessed.ts';
import { aBaseline } from '../../builders/baseline.ts';
import {
  aDiskEncryptionSet,
  aFlexibleServer,
  anObservation,
  aSingleServer,
  aVault,
  aVersion,
  GROUP,
  inaccessible,
  KEY,
  V1,
  V2,
  withAccess,
} from '../../builders/observation.ts';

const TAGS = { 'cmk-guardian:do-not-heal': 'never' };
const ours = aSingleServer('orders', { state: inaccessible, principalId: present('p1') });
const known: Known = { baseline: aBaseline([ours]) };
const full = { permissions: ['get', 'list', 'unwrapKey', 'wrapKey'] } as const;

const inState = (state: ConsumerState): Pick<ConsumerFacts, 'state'> => ({ state: present({ state, raw: state }) });
const set = aDiskEncryptionSet('strange-set', { tags: TAGS, principalId: present('p3') });
const server = aFlexibleServer('strange-server', { tags: TAGS, principalId: present('p2') });
const STRANGERS: readonly (readonly [string, ConsumerFacts])[] = [
  ['a set', set],
  ['a set without an identity', { ...set, principalId: absent }],
  ['a server that is down', { ...server, ...inState('inaccessible') }],
  ['a server that is stopped', { ...server, ...inState('stopped') }],
  ['a server that is busy', { ...server, ...inState('busy') }],
  ['a server whose state nobody can read', { ...server, state: unknown('403') }],
];

const lostVault = (...consumers: readonly ConsumerFacts[]): KeyObservation =>
  anObservation([[V1, unknown('gone')]], [ours, ...consumers], {
    vault: absent,
    vaultLoss: present({
      kind: 'deleted',
      vaultId: aVault().id,
      location: 'koreacentral',
      deletedOn: '2026-11-22T11:00:00Z',
      recoverableUntil: '2027-02-20T11:00:00Z',
      tags: {},
    }),
  });

describe('The mark of a stranger', () => {
  it.each(STRANGERS)('(%s) does not keep a lost vault from being recovered', (_who, stranger) => {
    expect(outlineOf(lostVault(stranger), { known })[0]).toEqual(['recoverVault', 'run']);
  });
  it.each(STRANGERS)('(%s) does not keep a known server from its access', (_who, stranger) => {
    const observation = anObservation([aVersion()], [ours, stranger], {
      ...withAccess({ p1: { permissions: [] }, p2: { permissions: [] }, p3: { permissions: [] } }),
      otherKeys: present(false),
    });
    expect(outlineOf(observation, { known })[0]).toEqual(['grantKeyAccess', 'run']);
  });
  it.each(STRANGERS)('(%s) counts for nothing where nobody can tell what it may do with the key', (_who, stranger) => {
    const untold = unknown('a group holds a role');
    const observation = anObservation([aVersion(V1, { enabled: false })], [ours, stranger], {
      ...withAccess({ p1: full, p2: untold, p3: untold }),
    });
    expect(outlineOf(observation, { known })[0]).toEqual(['enableKey', 'run']);
  });
  it('counts once somebody has let it in, and that of a known consumer always', () => {
    const letIn = anObservation([aVersion()], [ours, set], {
      ...withAccess({ p1: { permissions: [] }, p3: full }),
      versions: { [V1]: present(aVersion(V1, { enabled: false })) },
    });
    expect(outlineOf(letIn, { known })[0]).toEqual(['enableKey', 'report']);
    const marked = { ...ours, tags: TAGS };
    expect(outlineOf({ ...lostVault(), consumers: present([marked]) }, { known })[0]).toEqual([
      'recoverVault',
      'report',
    ]);
  });
});

describe('What cannot be read of a stranger', () => {
  const ready = { ...ours, ...inState('ready') };
  const beside = (stranger: ConsumerFacts, changes: Partial<KeyObservation> = {}): KeyObservation =>
    anObservation([aVersion()], [ready, stranger], {
      ...withAccess({ p1: full, p2: { permissions: [] }, p3: { permissions: [] } }),
      ...changes,
    });
  it.each([
    ['its state', beside({ ...server, state: unknown('403') })],
    ['its identity', beside({ ...set, principalId: absent })],
    ['the version that it names', beside(aDiskEncryptionSet('s', { version: V2, principalId: present('p3') }))],
    [
      'what became of a version that it made up',
      beside(aDiskEncryptionSet('s', { version: V2, principalId: present('p3') }), {
        versions: { [V1]: present(aVersion()), [V2]: absent },
        loss: unknown('the firewall'),
      }),
    ],
  ])('(%s) leaves nothing incomplete for others', (_what, observation) => {
    expect(kindsIn(observation, known)).not.toContain('observationIncomplete');
  });
});

describe('At the fuse', () => {
  const inGroup = (group: string, name: string): ConsumerFacts => {
    const one = aSingleServer(name, { state: inaccessible });
    return { ...one, id: one.id.replace(GROUP, `${GROUP.slice(0, GROUP.lastIndexOf('/'))}/${group}`) };
  };
  const broken = (...consumers: readonly ConsumerFacts[]) =>
    findingsIn(anObservation([aVersion(V1, { enabled: false })], consumers));

  it('those of whom none is known count once for each resource group, however many keys they break', () => {
    const causes = ['one', 'two', 'three'].flatMap((name) => causesIn(broken(inGroup('theirs', name)), KEY, undefined));
    expect(new Set(causes).size).toBe(1);
    expect(causes[0]).toMatch(/\/resourcegroups\/theirs$/);
    expect(causesIn(broken(inGroup('a', 'one'), inGroup('b', 'two')), KEY, undefined)).toHaveLength(2);
  });
  it('a key whose consumers are known counts as a key', () => {
    expect(causesIn(broken(ours), KEY, known.baseline)).toEqual([`https://${KEY.host}/keys/${KEY.name}`]);
  });
});
