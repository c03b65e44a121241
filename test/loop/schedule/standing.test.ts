import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Guardian } from '../../../src/loop/guardian.ts';
import { isTimeless, openStanding, shownIn } from '../../../src/loop/schedule/standing.ts';
import { diagnose } from '../../../src/remediation/diagnosis/diagnose.ts';
import { keyFaults } from '../../../src/remediation/diagnosis/key-faults.ts';
import {
  absent,
  type KeyObservation,
  type KeyVersionFacts,
  present,
  unknown,
} from '../../../src/remediation/model/facts.ts';
import {
  aFlexibleServer,
  anObservation,
  aSingleServer,
  aVersion,
  inDays,
  NOW,
  V1,
  V2,
} from '../../builders/observation.ts';
import { REMEDIATION } from '../../builders/policy.ts';
import { runs } from '../../run/exhaustive.ts';

const later = (days: number): Date => new Date(inDays(days));

const aTime = (min: number, max: number) => fc.option(fc.integer({ min, max }).map(inDays), { nil: undefined });
const facts: fc.Arbitrary<KeyVersionFacts> = fc
  .record({ notBefore: aTime(-60, 30), expiresOn: aTime(-30, 200), enabled: fc.boolean() })
  .map(({ notBefore, expiresOn, enabled }) =>
    aVersion(V1, { enabled, ...(notBefore && { notBefore }), ...(expiresOn && { expiresOn }) }),
  );

describe('A key whose probe is spared', () => {
  it('has the same faults as at the time when it was diagnosed', () => {
    let spared = 0;
    fc.assert(
      fc.property(facts, fc.nat({ max: 90 }), (version, days) => {
        const now = later(days);
        if (!isTimeless(version, NOW, REMEDIATION) || !isTimeless(version, now, REMEDIATION)) return;
        spared += 1;
        const seen = anObservation([version], [aSingleServer('orders'), aFlexibleServer('carts')]);
        const faultsAt = (at: Date) => keyFaults(diagnose(seen, at, REMEDIATION));
        expect(faultsAt(now)).toBe(faultsAt(NOW));
      }),
      { numRuns: Math.max(100, runs(300)) },
    );
    expect(spared).toBeGreaterThan(10);
  });

  it.each([
    ['before its version is active', { notBefore: inDays(1) }],
    ['whose version has expired', { expiresOn: inDays(-1) }],
    ['whose version expires soon', { expiresOn: inDays(1) }],
    ['with a time that is none', { expiresOn: 'soon' }],
  ])('is no key %s', (_when, times) => {
    expect(isTimeless(aVersion(V1, times), NOW, REMEDIATION)).toBe(false);
  });

  it('has one version in use, which exists, in a vault that exists', () => {
    const seen = anObservation([aVersion(V1)], [aSingleServer('orders')]);
    expect(shownIn(seen)).toMatchObject({ key: seen.key, facts: { version: V1 } });
    for (const other of [
      anObservation([aVersion(V1), aVersion(V2)], [aSingleServer('orders')]),
      { ...seen, versions: { [V1]: absent } },
      { ...seen, versions: { [V1]: unknown('it is hidden') } },
      { ...seen, vault: absent },
      { ...seen, loss: present({ kind: 'versionMissing' as const }) },
    ])
      expect(shownIn(other)).toBeUndefined();
  });
});

const ROW = 'a0';
const RANGE = { from: '', to: 'b' };

/** The keys of one row, whose tags and lists are these at each probe; `asked`: of how many keys the lists were asked. */
const probes = () => {
  const now: { tag: string | undefined; showsSame: boolean } = { tag: '1', showsSame: true };
  const asked: number[] = [];
  const guardian = {
    settings: { remediation: REMEDIATION },
    store: {
      keyRows: {
        rowOf: () => ROW,
        async *listPinnedTags() {
          yield { row: ROW, ...(now.tag !== undefined && { tag: now.tag }) };
        },
      },
    },
    azure: {
      stillAsShown: async <One>(shown: readonly One[]) => {
        asked.push(shown.length);
        return now.showsSame ? shown : [];
      },
    },
  } as unknown as Guardian;
  const standing = openStanding(guardian);
  const spared = async (): Promise<readonly string[]> => [...(await standing.in(RANGE)).still];
  const look = async (seen: KeyObservation): Promise<void> => standing.keep([seen], await standing.in(RANGE));
  return { now, asked, spared, look };
};

describe('A probe spares a key', () => {
  afterEach(() => void vi.useRealTimers());

  const seen = anObservation([aVersion(V1, { expiresOn: '2999-01-01T00:00:00Z' })], [aSingleServer('orders')]);

  it('that it has looked at before, as long as its rows have the same tag and lists show the same', async () => {
    const { now, asked, spared, look } = probes();
    expect(await spared()).toEqual([]);
    await look(seen);
    expect([await spared(), await spared()]).toEqual([[ROW], [ROW]]);
    now.showsSame = false;
    expect(await spared()).toEqual([]);
    expect(asked).toEqual([1, 1, 1]);
  });

  it('never whose rows were written meanwhile, or have no tag, whatever lists show', async () => {
    const { now, asked, spared, look } = probes();
    await look(seen);
    now.tag = '2';
    expect(await spared()).toEqual([]);
    now.tag = undefined;
    await look(seen);
    expect(await spared()).toEqual([]);
    expect(asked).toEqual([]);
  });

  it('never whose version expires soon, nor one of which more than one version is in use', async () => {
    const { asked, spared, look } = probes();
    await look(anObservation([aVersion(V1, { expiresOn: '2001-01-01T00:00:00Z' })], [aSingleServer('orders')]));
    expect(await spared()).toEqual([]);
    const [first, second] = [V1, V2].map((version) => aVersion(version, { expiresOn: '2999-01-01T00:00:00Z' }));
    if (first && second) await look(anObservation([first, second], [aSingleServer('orders')]));
    expect(await spared()).toEqual([]);
    expect(asked).toEqual([]);
  });

  it('never by a diagnosis of before its version became active', async () => {
    vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
    const { asked, spared, look } = probes();
    await look(anObservation([aVersion(V1, { notBefore: inDays(1) })], [aSingleServer('orders')]));
    vi.setSystemTime(later(2));
    expect(await spared()).toEqual([]);
    expect(asked).toEqual([]);
  });
});
