import { describe, expect, it } from 'vitest';
import { baselineOf, differs } from '../../../src/loop/memory/baseline.ts';
import { baselineJson } from '../../../src/remediation/model/baseline.ts';
import { type Access, absent, type ConsumerFacts, present, unknown } from '../../../src/remediation/model/facts.ts';
import {
  aDiskEncryptionSet,
  aFlexibleServer,
  anObservation,
  aSingleServer,
  aVersion,
  inaccessible,
  inDays,
  kidOf,
  V1,
  V2,
  withAccess,
} from '../../builders/observation.ts';

const system = { kind: 'system' } as const;
const orders = aSingleServer('orders', { principalId: present('p1'), identity: system });
const billing = aFlexibleServer('billing', { principalId: present('p2') });
const disks = aDiskEncryptionSet('disks', { principalId: present('p3'), identity: system });
const full: Access = { permissions: ['wrapKey', 'get', 'unwrapKey', 'list'] };

const seen = (consumers: readonly ConsumerFacts[], access: Parameters<typeof withAccess>[0] = {}) =>
  anObservation([aVersion(V1), aVersion(V2)], consumers, withAccess(access));
const idsIn = (...observed: Parameters<typeof seen>) => baselineOf(seen(...observed))?.consumers.map(({ id }) => id);

describe('The baseline of a key', () => {
  it('holds every way to it: vault, identity, what that may do, in this use', () => {
    expect(baselineOf(seen([orders], { p1: full }))).toMatchObject({
      vault: { location: 'koreacentral', permissionModel: 'accessPolicies' },
      consumers: [
        {
          id: orders.id.toLowerCase(),
          use: 'active',
          kid: kidOf(V1),
          principalId: 'p1',
          identity: system,
          permissions: ['get', 'list', 'unwrapKey', 'wrapKey'],
        },
      ],
    });
  });
  it('is kept from nobody by a stranger of whom something cannot be read', () => {
    const before = baselineOf(seen([orders], { p1: full }));
    const hidden = { ...aFlexibleServer('strange', { principalId: present('p9') }), state: unknown('403') };
    const nameless = { ...hidden, principalId: unknown('403') };
    for (const stranger of [hidden, nameless]) {
      const access = { p1: full, p2: full, p9: { permissions: [] } };
      const now = baselineOf(seen([orders, billing, stranger], access), before);
      expect(now?.consumers.map(({ id }) => id)).toEqual([billing, orders].map(({ id }) => id.toLowerCase()));
    }
    const known = { ...orders, state: unknown('403') };
    expect(baselineOf(seen([known, billing], { p1: full, p2: full }), before)).toBeUndefined();
  });
  it('is the same however Azure orders and spells its consumers', () => {
    const one = baselineOf(seen([orders, billing]));
    const other = baselineOf(seen([{ ...billing, id: billing.id.toUpperCase() }, orders]));
    expect(one && differs(baselineJson(one), other)).toBe(false);
  });
  it('is new when a consumer pins another version', () => {
    const before = baselineOf(seen([orders]));
    const moved = { ...orders, pinned: { ...orders.pinned, version: V2, kid: kidOf(V2) } };
    expect(before && differs(baselineJson(before), baselineOf(seen([moved])))).toBe(true);
  });
  it('holds when each version in use expires, so that an earlier expiry is known to be somebody’s act', () => {
    const versions = [aVersion(V1, { expiresOn: inDays(90) }), aVersion(V2)];
    const twice = [orders, aSingleServer('b', { version: V2, principalId: present('p1') })];
    const observed = anObservation(versions, twice, withAccess({ p1: full }));
    expect(baselineOf(observed)?.expiries).toEqual({ [kidOf(V1)]: inDays(90), [kidOf(V2)]: 'never' });
  });
  it('keeps the expiry from before where somebody may have set one to end the version, and holds none where there was none', () => {
    const at = (expiresOn: string, updatedOn: string) =>
      anObservation([aVersion(V1, { expiresOn, updatedOn })], [orders], withAccess({ p1: full }));
    const before = baselineOf(at(inDays(90), inDays(-31)));
    const cut = at(inDays(0.5), inDays(0));
    expect(baselineOf(cut, before)?.expiries).toEqual({ [kidOf(V1)]: inDays(90) });
    expect(baselineOf(cut)).not.toHaveProperty('expiries');
  });
  it('holds no expiry of a version that only strangers name', () => {
    const observed = anObservation(
      [aVersion(V1), aVersion(V2)],
      [orders, { ...disks, pinned: { ...disks.pinned, version: V2, kid: kidOf(V2) } }],
      withAccess({ p1: full, p3: { permissions: [] } }),
    );
    expect(baselineOf(observed)?.expiries).toEqual({ [kidOf(V1)]: 'never' });
  });
  it('is new when somebody tags a version: a mark must be known when nobody can read it any more', () => {
    const tags = { 'cmk-guardian:do-not-heal': 'the customer left' };
    const marked = baselineOf({ ...seen([orders]), versions: { [V1]: present(aVersion(V1, { tags })) } });
    const before = baselineOf(seen([orders]));
    expect(before && differs(baselineJson(before), marked)).toBe(true);
    expect(marked?.tags).toEqual({ [kidOf(V1)]: tags });
  });
  it('is not taken from half a picture', () => {
    const blind = [
      { ...seen([orders]), vault: unknown('403') },
      { ...seen([orders]), consumers: unknown('403') },
      seen([orders, { ...billing, state: unknown('timeout') }]),
      seen([orders, { ...billing, principalId: unknown('timeout') }]),
    ];
    expect(blind.map((one) => baselineOf(one))).toEqual(blind.map(() => undefined));
    expect(differs(undefined, undefined)).toBe(false);
  });
  it('is not taken where nothing uses the key', () => {
    expect(baselineOf(seen([]))).toBeUndefined();
    expect(baselineOf(seen([{ ...orders, state: absent }]))).toBeUndefined();
  });
});

describe('Nobody is in the baseline who', () => {
  const ready = [orders.id.toLowerCase()];
  it.each<[string, ConsumerFacts, Access | undefined]>([
    ['is down', { ...billing, state: inaccessible }, full],
    ['has no identity', { ...billing, principalId: absent }, undefined],
    ['lacks a permission', billing, { permissions: ['get', 'unwrapKey', 'wrapKey'] }],
    ['is a disk encryption set without access', disks, { permissions: [] }],
    ['is a disk encryption set of which nobody could tell: it shows nothing itself', disks, undefined],
    [
      'is stopped and was never seen to have access',
      { ...billing, state: present({ state: 'stopped', raw: '' }) },
      undefined,
    ],
    ['reaches its key through an application of another tenant', { ...disks, federatedClientId: 'app' }, full],
  ])('%s', (_who, consumer, access) => {
    const principal = consumer.kind === 'diskEncryptionSet' ? 'p3' : 'p2';
    expect(idsIn([orders, consumer], access ? { [principal]: access } : {})).toEqual(ready);
  });
  it('but whoever is stopped or busy with its access is', () => {
    const stopped = { ...billing, state: present({ state: 'stopped', raw: '' } as const) };
    expect(idsIn([orders, stopped], { p2: full })).toHaveLength(2);
  });
});

describe('What a baseline knows of a consumer that is out of scope', () => {
  const before = baselineOf(seen([orders, billing], { p1: full, p2: full }));
  const isOut = (id: string) => id === billing.id.toLowerCase();

  it('stays as it was, whatever is learnt of the others', () => {
    expect(baselineOf(seen([orders], { p1: full }), before, isOut)).toEqual(before);
    const moved = { ...orders, principalId: present('p7') };
    const now = baselineOf(seen([moved], { p7: full }), before, isOut);
    expect(now?.consumers.map(({ principalId }) => principalId).toSorted()).toEqual(['p2', 'p7']);
  });
  it('goes where the consumer is in scope and is not there any more, and where it was seen', () => {
    expect(baselineOf(seen([orders], { p1: full }), before)?.consumers).toHaveLength(1);
    const other = { ...billing, principalId: present('p9') };
    const now = baselineOf(seen([orders, other], { p1: full, p9: full }), before, isOut);
    expect(now?.consumers.map(({ principalId }) => principalId).toSorted()).toEqual(['p1', 'p9']);
  });
});

describe('What could not be told this time', () => {
  const running = {
    ...disks,
    machines: present([
      { id: '/VM/a', name: 'a', power: 'running' } as const,
      { id: '/vm/b', name: 'b', power: 'stopped' } as const,
    ]),
  };
  const before = baselineOf(seen([running], { p3: { ...full, reader: true } }));

  it('stays as it was: machines that ran, a right to read, what the same identity could do', () => {
    expect(before?.consumers[0]).toMatchObject({ machines: ['/vm/a'], reader: true });
    expect(baselineOf(seen([disks]), before)).toEqual(before);
    expect(baselineOf(seen([disks], { p3: unknown('a group') }), before)).toEqual(before);
  });
  it('is not taken over to another identity', () => {
    const other = baselineOf(seen([{ ...disks, principalId: present('p9') }], { p9: full }), before)?.consumers[0];
    expect(other).toMatchObject({ principalId: 'p9', machines: ['/vm/a'] });
    expect(other).not.toHaveProperty('reader');
  });
  it('does not make one drop out that is only busy', () => {
    const busy = { ...disks, state: present({ state: 'busy', raw: 'Updating' } as const) };
    expect(baselineOf(seen([busy]), before)).toEqual(before);
    expect(baselineOf(seen([busy]))).toBeUndefined();
  });
});
