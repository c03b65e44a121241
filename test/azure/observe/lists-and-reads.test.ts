import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs, sampled } from '../../run/exhaustive.ts';
import type { Stage, StageOptions } from '../product.ts';
import { MINUTE, manyKeys, ofTwins, seenOf, VAULT, type Watched, watched } from './listed-vaults.ts';

/** What may happen to a key that is in use, at any of its ages; what Azure would refuse then does not happen. */
const ACTS = {
  disable: ({ keyVault, name }) => keyVault.setAttributes(VAULT, name, undefined, { enabled: false }),
  enable: ({ keyVault, name }) => keyVault.setAttributes(VAULT, name, undefined, { enabled: true }),
  disableFirst: ({ keyVault, name }) => {
    const [first] = keyVault.key(VAULT, name)?.versions ?? [];
    keyVault.setAttributes(VAULT, name, first?.version, { enabled: false });
  },
  expire: ({ keyVault, name }) => keyVault.setAttributes(VAULT, name, undefined, { exp: 1_800_000_000 }),
  sign: ({ keyVault, name }) => keyVault.setAttributes(VAULT, name, undefined, { keyOps: ['sign'] }),
  wrap: ({ keyVault, name }) => keyVault.setAttributes(VAULT, name, undefined, { keyOps: ['wrapKey', 'unwrapKey'] }),
  tag: ({ keyVault, name }) => keyVault.setAttributes(VAULT, name, undefined, { tags: { at: name } }),
  rotate: ({ keyVault, name }) => keyVault.rotateKey(VAULT, name),
  rotateTwice: ({ keyVault, name }) => [keyVault.rotateKey(VAULT, name), keyVault.rotateKey(VAULT, name)],
  delete: ({ keyVault, name }) => keyVault.deleteKey(VAULT, name),
  recover: ({ keyVault, name }) => keyVault.recoverKey(VAULT, name),
  purge: ({ keyVault, name }) => keyVault.purgeKey(VAULT, name),
  make: ({ keyVault, name }) => keyVault.createKey(VAULT, name),
  makeOther: ({ keyVault, name }) => keyVault.createKey(VAULT, `a-${name}`),
  deleteOther: ({ keyVault, name }) => keyVault.deleteKey(VAULT, `a-${name}`),
} satisfies Record<string, (of: { keyVault: Stage['cloud']['world']['keyVault']; name: string }) => unknown>;

type Act = { readonly act: keyof typeof ACTS; readonly key: number };

const act = ({ set }: Watched, { act: which, key }: Act): void => {
  try {
    ACTS[which]({ keyVault: set.cloud.world.keyVault, name: `cmk-${key}` });
  } catch {
    // Azure would have refused it.
  }
};

type Moment = { readonly acts: readonly Act[]; readonly restMs: number };

/** Several things at once, mostly to the same few keys, then a while. */
const moments = fc.array(
  fc.record({
    acts: fc.array(fc.record({ act: fc.constantFrom(...(Object.keys(ACTS) as Act['act'][])), key: fc.nat(1) }), {
      maxLength: 4,
    }),
    restMs: fc.constantFrom(0, 300, 2_000, 11_000, MINUTE, 3 * MINUTE, 40 * MINUTE),
  }),
  { minLength: 8, maxLength: 16 },
);

type Seen = Readonly<Record<string, unknown>>;
/** What was so until that time, ms since 1970. */
type Was = { readonly until: number; readonly seen: Seen };

const afresh = ({ set, keys }: Watched): Promise<Seen> => set.call('probeAfresh', keys).then(seenOf);
const byLists = ({ set, keys }: Watched): Promise<Seen> => set.call('probeKeysByLists', keys).then(seenOf);

/** For so long a list serves. */
const KEPT_MS = 10_000;

const WAYS: readonly [string, StageOptions, lagMs: number][] = [
  ['the vault', { look: 'dataPlaneList' }, 0],
  ['the vault, in short pages', { look: 'dataPlaneList', switches: { keyListPages: 'short' } }, 0],
  ['the vault, which lag', { look: 'dataPlaneList', switches: { keyListStaleSeconds: 120 } }, 120_000],
  ['Resource Manager, as published', { look: 'resourceManagerList', switches: { controlPlaneKeyListPage: 7 } }, 0],
  ['Resource Manager, showing all', { look: 'resourceManagerList', switches: { controlPlaneKeyList: 'full' } }, 0],
];

/** Plays the moments, and holds what lists show of each key to what was so at most that long ago, or is. */
const play = async (watch: Watched, all: readonly Moment[], lagMs: number): Promise<void> => {
  const past: Was[] = [];
  let truth = await afresh(watch);
  for (const { acts, restMs } of all) {
    past.push({ until: watch.set.cloud.world.clock.now(), seen: truth });
    for (const one of acts) act(watch, one);
    await watch.set.advance(restMs);
    truth = await afresh(watch);
    const since = watch.set.cloud.world.clock.now() - KEPT_MS - lagMs;
    const possible = [truth, ...past.filter(({ until }) => until > since).map(({ seen }) => seen)];
    for (const [name, fact] of Object.entries(await byLists(watch)))
      expect(possible.map((seen) => seen[name])).toContainEqual(fact);
  }
};

describe('What lists show of keys', () => {
  it.each(sampled(WAYS, 2, 3))(
    'of %s is what reads of each would show, or would have shown when the list was made',
    async (_whose, options, lagMs) => {
      await fc.assert(
        fc.asyncProperty(moments, fc.boolean(), async (all, isOfTwins) => {
          const plan = manyKeys(12, 30);
          await play(await watched(isOfTwins ? ofTwins(plan) : plan, options), all, lagMs);
        }),
        { numRuns: runs(15), seed: 14 },
      );
    },
  );
});
