import { describe, expect, it } from 'vitest';
import {
  type Access,
  absent,
  type ConsumerFacts,
  type Fact,
  type KeyObservation,
  present,
  unknown,
} from '../../../src/remediation/model/facts.ts';
import type { Known } from '../../../src/remediation/model/known.ts';
import { assessed, type Circumstances, outlineOf } from '../../builders/assessed.ts';
import { aBaseline } from '../../builders/baseline.ts';
import {
  aDiskEncryptionSet,
  anObservation,
  aSingleServer,
  aVault,
  aVersion,
  inaccessible,
  inDays,
  V1,
  withAccess,
} from '../../builders/observation.ts';

const full = { permissions: ['get', 'list', 'unwrapKey', 'wrapKey'] } as const;
const none = { permissions: [] } as const;
const recoverable = { deletedOn: inDays(-1), recoverableUntil: inDays(80), tags: {} };

const orders = aSingleServer('orders', { principalId: present('p1'), state: inaccessible });
const set = aDiskEncryptionSet('mine', { principalId: present('p9'), identity: { kind: 'system' } });
const shared = { ...set, identity: { kind: 'user', id: '/identities/shared' } } as const;
const restored = aSingleServer('restored', { principalId: present('p9'), state: inaccessible });
const known: Known = { baseline: aBaseline([orders]) };

type Seen = { readonly consumers: readonly ConsumerFacts[]; readonly access?: Access | Fact<Access> };

const without = ({ consumers, access }: Seen, lost: Partial<KeyObservation>): KeyObservation =>
  anObservation([[V1, absent]], consumers, { ...withAccess(access === undefined ? {} : { p9: access }), ...lost });
const withoutKey = (seen: Seen) => without(seen, { loss: present({ kind: 'deleted', ...recoverable }) });
const withoutVault = (seen: Seen) =>
  without(seen, {
    vault: absent,
    vaultLoss: present({ kind: 'deleted', vaultId: aVault().id, location: 'koreacentral', ...recoverable }),
  });

const verdictOn = (observation: KeyObservation, circumstances: Circumstances = { known }) =>
  outlineOf(observation, circumstances)[0];

describe('What opens a key for all who name it asks, though everything is reversed, where the only one affected', () => {
  it.each<[string, KeyObservation]>([
    ['is a new set of which nobody can tell what it may do', withoutKey({ consumers: [set], access: unknown('403') })],
    ['is a new set with an identity that others may hold too', withoutKey({ consumers: [shared], access: full })],
    ['may be a restored server', withoutKey({ consumers: [restored], access: none })],
  ])('%s', (_who, observation) => {
    expect(verdictOn(observation)).toEqual(['recoverKey', 'ask']);
    expect(verdictOn({ ...observation, ...withoutVault({ consumers: [] }), consumers: observation.consumers })).toEqual(
      ['recoverVault', 'ask'],
    );
  });
  it('is a set, and nobody knows who belongs here: it can be made to name any key', () => {
    expect(verdictOn(withoutKey({ consumers: [set], access: none }), {})).toEqual(['recoverKey', 'ask']);
    expect(verdictOn(withoutVault({ consumers: [set] }), {})).toEqual(['recoverVault', 'ask']);
  });
  it('was made anew under the name of one that belonged here', () => {
    const before: Known = { baseline: aBaseline([{ ...set, principalId: present('p3') }]) };
    expect(verdictOn(withoutKey({ consumers: [set], access: none }), { known: before })).toEqual(['recoverKey', 'ask']);
  });
  it('is unknown here, whatever it is that must be opened', () => {
    const closed = present(aVault({ network: { ...aVault().network, bypass: 'None' } }));
    const access = withAccess({ p9: full });
    const users = [shared];
    expect(verdictOn(anObservation([aVersion()], users, { vault: closed, ...access }))).toEqual([
      'setVaultBypass',
      'ask',
    ]);
    const disabled = aVersion(V1, { enabled: false });
    expect(verdictOn(anObservation([disabled], users, access))).toEqual(['enableKey', 'ask']);
    const expired = aVersion(V1, { expiresOn: inDays(-1) });
    expect(verdictOn(anObservation([expired], users, access))).toEqual(['extendKeyExpiry', 'ask']);
  });
  it('is named in the question', () => {
    const [asked] = assessed(withoutVault({ consumers: [set] }), { known }).verdicts;
    expect(asked).toMatchObject({ verdict: 'ask', why: expect.stringContaining('only mine') });
  });
});

describe('It runs where somebody is affected who', () => {
  it('was well before, whoever else is', () => {
    expect(verdictOn(withoutVault({ consumers: [set, orders] }))).toEqual(['recoverVault', 'run']);
  });
  it('was let in with an identity of its own', () => {
    expect(verdictOn(withoutKey({ consumers: [set], access: full }))).toEqual(['recoverKey', 'run']);
  });
  it('is a server, which Azure makes with no other key than one that it can use, while nobody knows who belongs here', () => {
    expect(verdictOn(withoutVault({ consumers: [orders] }), {})).toEqual(['recoverVault', 'run']);
  });
  it('is a restored server where such are trusted', () => {
    const remediation = { trustedRestores: [restored.id] };
    const observation = withoutKey({ consumers: [restored], access: none });
    expect(verdictOn(observation, { known, remediation })).toEqual(['recoverKey', 'run']);
  });
});
