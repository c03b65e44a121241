import { describe, expect, it } from 'vitest';
import { absent, type KeyObservation, present, unknown } from '../../../src/remediation/model/facts.ts';
import { keyId } from '../../../src/remediation/model/key-ref.ts';
import {
  believedAt,
  missedIn,
  movedIn,
  stillMissed,
  withoutHastyAbsence,
} from '../../../src/remediation/observation/believed-absence.ts';
import { assessed, kindsIn } from '../../builders/assessed.ts';
import { aBaseline } from '../../builders/baseline.ts';
import { callsMade } from '../../builders/calls-made.ts';
import {
  aFlexibleServer,
  anObservation,
  aSingleServer,
  aVersion,
  inaccessible,
  inDays,
  KEY,
  NOW,
  V1,
  V2,
} from '../../builders/observation.ts';

const MINUTE_DAYS = 1 / 1440;
const VAULT = `vault ${KEY.host}`;
const THE_KEY = `key ${keyId(KEY)}`;

const deleted = {
  kind: 'deleted',
  vaultId: '/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/contoso',
  location: 'koreacentral',
  deletedOn: inDays(-1),
  recoverableUntil: inDays(89),
  tags: {},
} as const;

const seen = (changes: Partial<KeyObservation>, version: KeyObservation['versions'][string] = absent): KeyObservation =>
  anObservation([[V1, version]], [aSingleServer()], changes);

const noVault = seen({ vault: absent, vaultLoss: present({ kind: 'gone' }) }, unknown('the vault is gone'));
const noKey = seen({ loss: present({ kind: 'gone' }) });
const since = (name: string, minutes: number) => ({ [name]: inDays(-minutes * MINUTE_DAYS) });

/** The findings of an observation, once its subject has been missing for so many minutes. */
const foundAfter = (observation: KeyObservation, minutes: number): readonly string[] => {
  const missed = Object.assign({}, ...missedIn(observation).map((name) => since(name, minutes)));
  return kindsIn(withoutHastyAbsence(observation, missed));
};

describe('What Azure does not show', () => {
  const lostIdentity = anObservation(
    [aVersion()],
    [{ ...aFlexibleServer(), principalId: absent, identityGone: true, identityMissed: 'p' }],
  );
  const lostServer = anObservation([aVersion()], [{ ...aSingleServer(), state: absent }]);

  it.each([
    ['the key', noKey],
    ['its vault', noVault],
    ['the identity of a consumer', lostIdentity],
  ])('is to be looked at again ten minutes after it was first missed, and not after that: %s', (_, observation) => {
    const [name = ''] = missedIn(observation);
    const date = (minutes: number) => new Date(inDays(minutes * MINUTE_DAYS)).toISOString();
    expect(believedAt(observation, since(name, 0))).toBe(date(10));
    expect(believedAt(observation, since(name, 4))).toBe(date(6));
    expect(believedAt(observation, since(name, 10))).toBeUndefined();
  });

  it('is not looked at again where it is a consumer, which affects nobody by being gone', () => {
    expect(missedIn(lostServer)).toHaveLength(1);
    expect(believedAt(lostServer, {})).toBeUndefined();
  });

  it.each([
    ['a vault that is neither there nor listed as deleted', noVault, [VAULT], 'vaultUnreachable', 'vaultPurged'],
    ['a key that is neither there nor deleted', noKey, [THE_KEY], 'observationIncomplete', 'keyPurged'],
    [
      'a version of which nobody can tell whether its key was deleted',
      seen({ loss: unknown('the firewall of the vault') }),
      [THE_KEY],
      'observationIncomplete',
      'keyMissing',
    ],
    [
      'the current version of a key that is not found',
      anObservation([], [aSingleServer('orders', { version: { kind: 'unknown', reason: 'it names none' } })], {
        current: absent,
        loss: present({ kind: 'gone' }),
      }),
      [THE_KEY],
      'observationIncomplete',
      'keyPurged',
    ],
  ] as const)('is unknown for ten minutes, and believed then: %s', (_, observation, names, doubt, fault) => {
    expect(missedIn(observation)).toEqual(names);
    for (const minutes of [0, 9.9]) {
      expect(foundAfter(observation, minutes)).toContain(doubt);
      expect(foundAfter(observation, minutes)).not.toContain(fault);
    }
    expect(foundAfter(observation, 10)).toContain(fault);
  });

  it.each([
    ['a vault', seen({ vault: absent, vaultLoss: present(deleted) }, unknown('deleted')), 'vaultDeleted'],
    [
      'a key',
      seen({ loss: present({ kind: 'deleted', deletedOn: inDays(-1), recoverableUntil: inDays(89), tags: {} }) }),
      'keyDeleted',
    ],
    ['a version', seen({ loss: present({ kind: 'versionMissing' }) }), 'keyVersionMissing'],
  ] as const)('is believed at once where Azure says what became of it: %s', (_, observation, fault) => {
    expect(missedIn(observation)).toEqual([]);
    expect(kindsIn(withoutHastyAbsence(observation, {}))).toContain(fault);
  });

  it('is missed since it was first missed, and no more once it was seen', () => {
    const before = since(VAULT, 7);
    expect(stillMissed(noVault, before)).toEqual(before);
    expect(stillMissed(noVault, since(THE_KEY, 7))).toEqual({ [VAULT]: NOW.toISOString() });
    expect(stillMissed(anObservation([aVersion()], [aSingleServer()]), before)).toEqual({});
  });

  it('is a consumer for which nothing is done, and which is not taken for gone before ten minutes', () => {
    const gone = aSingleServer('orders', { state: absent });
    const ready = aSingleServer('billing', { principalId: present('00000000-0000-0000-0000-0000000000b2') });
    const observation = anObservation([aVersion()], [gone, ready]);
    const name = `consumer ${gone.id.toLowerCase()}`;
    expect(missedIn(observation)).toEqual([name]);
    const known = { baseline: aBaseline([gone, ready]) };
    const verdictAfter = (minutes: number) =>
      assessed(withoutHastyAbsence(observation, since(name, minutes)), { known }).kind;
    expect([verdictAfter(0), verdictAfter(9.9), verdictAfter(10)]).toEqual(['unseen', 'unseen', 'healthy']);
    const stranger = assessed(withoutHastyAbsence(observation, {}), { known: { baseline: aBaseline([ready]) } });
    expect(stranger.kind).toBe('healthy');
  });

  it('is no consumer that was moved, and keeps its name and its identity', () => {
    const was = aSingleServer('orders', { state: absent });
    const now = { ...aSingleServer('orders'), id: was.id.replace('/resourceGroups/data/', '/resourceGroups/archive/') };
    const observation = anObservation([aVersion()], [was, now]);
    expect(missedIn(observation)).toEqual([]);
    expect(movedIn(observation)).toEqual({ [was.id.toLowerCase()]: now.id });
    expect(assessed(observation).notes).toEqual([expect.stringContaining(`was moved: it is ${now.id} now`)]);
    const another = { ...now, principalId: present('00000000-0000-0000-0000-0000000000b9') };
    expect(missedIn(anObservation([aVersion()], [was, another]))).toHaveLength(1);
  });

  it('is no vault of which a key answers', () => {
    expect(missedIn({ ...noVault, versions: { [V1]: unknown(''), [V2]: present(aVersion(V2)) } })).toEqual([]);
  });
});

describe('Whoever makes and deletes many consumers of a key', () => {
  const gone = Array.from({ length: 600 }, (_, n) => aSingleServer(`junk-${n}`, { state: absent }));
  const many = anObservation([[V1, absent]], [aSingleServer(), ...gone], { loss: present({ kind: 'gone' }) });

  it('makes no row too long: a part of them is missed at a time, and the others after that was forgotten', () => {
    const first = stillMissed(many, {});
    expect(Object.keys(first)).toHaveLength(200);
    expect(first).toHaveProperty([THE_KEY]);
    const later = { ...many, observedAt: inDays(5 * MINUTE_DAYS) };
    expect(stillMissed(later, first)).toEqual(first);
    const rest = gone.filter(({ id }) => !(`consumer ${id.toLowerCase()}` in first));
    const next = stillMissed(anObservation([[V1, absent]], rest), first);
    expect(Object.keys(next).filter((name) => name in first)).toEqual([THE_KEY]);
  });

  it('does not hold up the look at it: nobody takes any of them for gone, with as much more work as there are more', () => {
    const [few, most] = [150, 600].map((count) => {
      const some = { ...many, consumers: present([aSingleServer(), ...gone.slice(0, count)]) };
      return callsMade(() => {
        expect(Object.keys(withoutHastyAbsence(some, {}).unsure ?? {})).toHaveLength(count);
      });
    }) as [number, number];
    expect(few).toBeGreaterThan(150);
    // Four times the consumers may take four times the calls, and a few more; work that grows with the square would take sixteen
    // times.
    expect(most).toBeLessThan(5 * few);
  });
});

describe('A user-assigned identity that Azure does not find', () => {
  const IDENTITY = { kind: 'user', id: '/identities/web' } as const;
  const without = (changes: object) =>
    anObservation(
      [aVersion()],
      [
        aFlexibleServer('web', {
          state: inaccessible,
          identity: IDENTITY,
          principalId: absent,
          identityGone: true,
          ...changes,
        }),
      ],
    );
  const missed = without({ identityMissed: 'p-web' });

  it('is unknown for ten minutes, and believed to be gone then', () => {
    expect(missedIn(missed)).toEqual([expect.stringMatching(/^identity of .*flexibleservers\/web$/)]);
    expect(foundAfter(missed, 9)).toEqual(['observationIncomplete', 'consumerInaccessible']);
    expect(foundAfter(missed, 10)).toContain('identityMissing');
    const { plan } = assessed(withoutHastyAbsence(missed, {}));
    expect(plan.instructions.join(' ')).not.toContain('az identity create');
  });

  it('is gone at once where Azure shows another of its name', () => {
    expect(missedIn(without({}))).toEqual([]);
    expect(foundAfter(without({}), 0)).toContain('identityMissing');
  });
});
