import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isExhaustive, runs, sampled } from '../../run/exhaustive.ts';
import type { StageOptions } from '../product.ts';
import { type ActName, act, KEY_ACTS, type Scene, VAULT_ACTS } from './acts.ts';
import { MINUTE, manyKeys, ofTwins, seenOf, type Watched, watched } from './listed-vaults.ts';

type Act = { readonly act: ActName; readonly key: number; readonly afterMs: number };

const anAct = (key: fc.Arbitrary<number>, of = KEY_ACTS): fc.Arbitrary<Act> =>
  fc.record({ act: fc.constantFrom(...of), key, afterMs: fc.nat(250) });
const ofTheVault: fc.Arbitrary<Act> = fc.record({
  act: fc.constantFrom(...VAULT_ACTS),
  key: fc.constant(0),
  afterMs: fc.nat(250),
});

/** `meanwhile`: while the list is being read. One change of a key, so that the key is as it was before or as it is then. */
type Moment = {
  readonly acts: readonly Act[];
  readonly meanwhile: readonly Act[];
  readonly restMs: number;
  readonly who: Looker;
};

/** Who looks by lists, and for how long a list serves him. */
const LOOKERS = {
  probe: { call: 'probeKeysByLists', keptMs: 10_000 },
  sweep: { call: 'observeKeysByLists', keptMs: MINUTE },
} as const;
type Looker = keyof typeof LOOKERS;
const who = fc.constantFrom<Looker>('probe', 'sweep');

const several = fc.array(anAct(fc.nat(1)), { maxLength: 4 });
const withVault = fc.oneof({ weight: 12, arbitrary: several }, { weight: 1, arbitrary: fc.tuple(ofTheVault) });

/** Several things at once, mostly to the same few keys, then a while. */
const atRest: fc.Arbitrary<Moment> = fc.record({
  acts: withVault,
  meanwhile: fc.constant([]),
  who,
  restMs: fc.constantFrom(0, 300, 2_000, 11_000, MINUTE, 3 * MINUTE, 40 * MINUTE),
});
/** What takes its time passes through what neither a read before nor one after shows: so it is no change of one moment. */
const TAKES_TIME: readonly ActName[] = ['delete', 'recover', 'purge', 'purgeAndMake', 'purgeAndRestore'];
const AT_ONCE = KEY_ACTS.filter((name) => !TAKES_TIME.includes(name));

/** All that takes its time, as a deletion does, is over when the look begins. */
const meanwhile: fc.Arbitrary<Moment> = fc.record({
  acts: withVault,
  meanwhile: fc.tuple(...[0, 1, 2].map((key) => anAct(fc.constant(key), AT_ONCE))),
  who,
  restMs: fc.constantFrom(11_000, MINUTE, 3 * MINUTE),
});
const moments = fc.array(fc.oneof(atRest, meanwhile), { minLength: 6, maxLength: 12 });

const isOfVault = ({ act: name }: Act): boolean => (VAULT_ACTS as readonly ActName[]).includes(name);

type Seen = Readonly<Record<string, unknown>>;
/** What was so until that time, ms since 1970. */
type Was = { readonly until: number; readonly seen: Seen };

const byReads = ({ set, keys }: Watched): Promise<Seen> => set.call('probeByReads', keys).then(seenOf);

/** What a run of the property has done, lest it proves nothing. */
type Done = { readonly acts: Set<ActName>; looks: number; byLists: number };

const byLists = async ({ set, keys }: Watched, looker: Looker, done: Done): Promise<Seen> => {
  const look = await set.call(LOOKERS[looker].call, keys);
  done.looks += 1;
  done.byLists += look.listed.length > 0 ? 1 : 0;
  return seenOf(look);
};

const SLOW = { 'vault.azure.net': 40, 'management.azure.com': 40 };

const WAYS: readonly [string, StageOptions, lagMs: number][] = [
  ['the vault', { look: 'dataPlaneList' }, 0],
  ['the vault, in short pages', { look: 'dataPlaneList', switches: { keyListPages: 'short' } }, 0],
  ['the vault, which lag', { look: 'dataPlaneList', switches: { keyListStaleSeconds: 120 } }, 120_000],
  ['Resource Manager, as published', { look: 'resourceManagerList', switches: { controlPlaneKeyListPage: 10 } }, 0],
  ['Resource Manager, showing all', { look: 'resourceManagerList', switches: { controlPlaneKeyList: 'full' } }, 0],
  ['Resource Manager, which lag', { look: 'resourceManagerList', switches: { keyListStaleSeconds: 300 } }, 300_000],
  ['either', { look: 'auto' }, 0],
];

/** Plays the moments, and holds what lists show of each key to what was so at most that long ago, or is. */
const play = async (watch: Watched, scene: Omit<Scene, 'at'>, all: readonly Moment[], lagMs: number, done: Done) => {
  const { clock } = scene.cloud.world;
  const past: Was[] = [];
  let truth = await byReads(watch);
  const perform = (one: Act): void => {
    if (act(one.act, { ...scene, at: one.key })) done.acts.add(one.act);
  };
  // A sweep asks for vaults once a minute, and sees what became of one of them that much later.
  const looks = all.some(({ acts, meanwhile: others }) => [...acts, ...others].some(isOfVault))
    ? all.map((one) => ({ ...one, who: 'probe' as const }))
    : all;
  for (const { acts, meanwhile: others, restMs, who: looker } of looks) {
    past.push({ until: clock.now(), seen: truth });
    for (const one of acts) perform(one);
    await watch.set.advance(restMs);
    const before = await byReads(watch);
    const since = clock.now() - LOOKERS[looker].keptMs - lagMs;
    for (const one of others) clock.setTimeout(() => perform(one), one.afterMs);
    const seen = await byLists(watch, looker, done);
    truth = others.length > 0 ? await byReads(watch) : before;
    const possible = [before, truth, ...past.filter(({ until }) => until > since).map((was) => was.seen)];
    for (const [name, fact] of Object.entries(seen)) expect(possible.map((one) => one[name])).toContainEqual(fact);
    past.push({ until: clock.now(), seen: before });
  }
};

describe('What lists show of keys', () => {
  it.each(sampled(WAYS, 2, 3))(
    'of %s is what reads of each would show, or would have shown when the list was made',
    async (_whose, { switches, ...options }, lagMs) => {
      const done: Done = { acts: new Set(), looks: 0, byLists: 0 };
      await fc.assert(
        fc.asyncProperty(moments, fc.boolean(), async (all, isOfTwins) => {
          const plan = isOfTwins ? ofTwins(manyKeys(12, 30), 4) : manyKeys(12, 30);
          const watch = await watched(plan, { ...options, switches: { ...switches, answerMilliseconds: SLOW } });
          await play(watch, { cloud: watch.set.cloud, plan, backups: new Map() }, all, lagMs, done);
        }),
        { numRuns: runs(20), seed: 14 },
      );
      expect(done.byLists).toBeGreaterThan(done.looks / 2);
      if (isExhaustive) expect([...KEY_ACTS, ...VAULT_ACTS].filter((one) => !done.acts.has(one))).toEqual([]);
    },
  );
});
