import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Shown } from '../../../src/azure/observe/still-as-shown.ts';
import { shownIn } from '../../../src/loop/schedule/standing.ts';
import { present } from '../../../src/remediation/model/facts.ts';
import { keyId } from '../../../src/remediation/model/key-ref.ts';
import { isExhaustive, runs, sampled } from '../../run/exhaustive.ts';
import type { StageOptions } from '../product.ts';
import { type ActName, act, GOES_ON, KEY_ACTS, type Scene, VAULT_ACTS } from './acts.ts';
import { MINUTE, manyKeys, ofTwins, seenOf, type Watched, watched } from './listed-vaults.ts';
import { openReads, type Reads } from './shown-by-reads.ts';

/** `afterMs`: after the look has begun; done before that where it is left out. */
type Act = { readonly act: ActName; readonly key: number; readonly afterMs?: number };

const anAct = fc.record({ act: fc.constantFrom(...KEY_ACTS), key: fc.nat(2) });
const ofTheVault = fc.record({ act: fc.constantFrom(...VAULT_ACTS), key: fc.constant(0) });
const anActMeanwhile = fc.record({ act: fc.constantFrom(...KEY_ACTS), key: fc.nat(2), afterMs: fc.nat(400) });

/** `meanwhile`: while the list is being read, and what it does not show is read. */
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

/** Several things at once, mostly to the same few keys, then a while, in which some of them go on, and a look. */
const aMoment: fc.Arbitrary<Moment> = fc.record({
  acts: fc.oneof(
    { weight: 12, arbitrary: fc.array(anAct, { maxLength: 4 }) },
    { weight: 1, arbitrary: fc.tuple(ofTheVault) },
  ),
  meanwhile: fc.oneof(fc.constant([]), fc.array(anActMeanwhile, { maxLength: 4 })),
  who,
  restMs: fc.constantFrom(0, 300, 1_900, 2_800, 9_800, 11_000, MINUTE, 3 * MINUTE, 40 * MINUTE),
});
const moments = fc.array(aMoment, { minLength: 6, maxLength: 12 });

const isOfVault = (name: ActName): boolean => VAULT_ACTS.includes(name);

/** What a run of the property has done, lest it proves nothing. */
type Done = { readonly acts: Set<ActName>; looks: number; byLists: number };

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

type Story = { readonly watch: Watched; readonly scene: Omit<Scene, 'at'>; readonly reads: Reads; readonly done: Done };
/** What happens at a moment, ms since 1970. */
type Due = { readonly at: number; readonly happens: () => void; readonly name?: string };

/** Does it when its time has come, and reads what comes of it whenever it goes on by itself. */
const openAgenda = ({ scene, reads, done }: Story) => {
  const { clock } = scene.cloud.world;
  const due: Due[] = [];
  const add = ({ act: name, afterMs = 0, ...of }: Act): void => {
    const key = isOfVault(name) ? {} : { name: `cmk-${of.key}` };
    const happens = () => {
      if (!act(name, { ...scene, at: of.key })) return;
      done.acts.add(name);
      for (const ms of GOES_ON[name] ?? []) due.push({ at: clock.now() + ms, happens: () => undefined, ...key });
    };
    due.push({ at: clock.now() + afterMs, happens, ...key });
  };
  const moveTo = async (until: number, isOver = () => false): Promise<void> => {
    for (;;) {
      const [next] = due.filter(({ at }) => at <= until).toSorted((one, other) => one.at - other.at);
      if ((await clock.advanceTo(next?.at ?? until, isOver)) || next === undefined) return;
      due.splice(due.indexOf(next), 1);
      next.happens();
      await reads.readNow(next.name);
    }
  };
  return { add, moveTo };
};

/** Plays the moments, and holds what lists show of each key to what a read has shown at most so long ago, or since. */
const play = async (story: Story, all: readonly Moment[], lagMs: number) => {
  const { watch, scene, reads, done } = story;
  const { clock } = scene.cloud.world;
  const { add, moveTo } = openAgenda(story);
  // A sweep asks for vaults once a minute, and sees what became of one of them that much later.
  const hasVaultActs = all.some(({ acts }) => acts.some((one) => isOfVault(one.act)));
  let shown: readonly Shown[] = [];
  await reads.readNow();
  for (const { acts, meanwhile, restMs, who: looker } of all) {
    for (const one of acts) add(one);
    await moveTo(clock.now() + restMs);
    await reads.readNow();
    for (const one of meanwhile) add(one);
    const { call, keptMs } = LOOKERS[hasVaultActs ? 'probe' : looker];
    const since = clock.now() - keptMs - lagMs;
    const begun = watch.set.begin(call, watch.keys);
    await moveTo(clock.now() + 10 * MINUTE, begun.isAnswered);
    const look = begun.answer();
    await reads.readNow();
    const sinceNow = clock.now() - LOOKERS.probe.keptMs - lagMs;
    const again = watch.set.begin('stillAsShown', shown);
    await moveTo(clock.now() + 10 * MINUTE, again.isAnswered);
    await reads.readNow();
    for (const { key, facts } of again.answer())
      expect(reads.since(key.name, sinceNow)).toContainEqual({ versions: { [facts.version]: present(facts) } });
    shown = look.observations.flatMap((one) => (look.listed.includes(keyId(one.key)) ? (shownIn(one) ?? []) : []));
    done.looks += 1;
    done.byLists += look.listed.length > 0 ? 1 : 0;
    for (const [name, seen] of Object.entries(seenOf(look))) expect(reads.since(name, since)).toContainEqual(seen);
  }
};

describe('What lists show of keys', () => {
  it.each(sampled(WAYS, 2, 3))(
    'of %s is what a read of each has shown at a moment of the look, or when its list was made',
    async (_whose, { switches, ...options }, lagMs) => {
      const done: Done = { acts: new Set(), looks: 0, byLists: 0 };
      await fc.assert(
        fc.asyncProperty(moments, fc.boolean(), async (all, isOfTwins) => {
          const plan = isOfTwins ? ofTwins(manyKeys(12, 30), 4) : manyKeys(12, 30);
          const watch = await watched(plan, { ...options, switches: { ...switches, answerMilliseconds: SLOW } });
          const scene = { cloud: watch.set.cloud, plan, backups: new Map() };
          await play({ watch, scene, reads: openReads(watch), done }, all, lagMs);
        }),
        { numRuns: runs(20), seed: 14 },
      );
      expect(done.byLists).toBeGreaterThan(done.looks / 2);
      if (isExhaustive) expect([...KEY_ACTS, ...VAULT_ACTS].filter((one) => !done.acts.has(one))).toEqual([]);
    },
  );
});
