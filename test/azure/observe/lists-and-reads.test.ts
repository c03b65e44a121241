import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { runs } from '../../run/exhaustive.ts';
import type { Stage, StageOptions } from '../product.ts';
import { MINUTE, manyKeys, seenOf, VAULT, type Watched, watched } from './listed-vaults.ts';

const KEYS = 30;

/** What may happen to a key that is in use, at any of its ages; what Azure would refuse then does not happen. */
const ACTS = {
  disable: ({ keyVault, name }) => keyVault.setAttributes(VAULT, name, undefined, { enabled: false }),
  enable: ({ keyVault, name }) => keyVault.setAttributes(VAULT, name, undefined, { enabled: true }),
  disableFirst: ({ keyVault, name }) => {
    const [first] = keyVault.key(VAULT, name)?.versions ?? [];
    keyVault.setAttributes(VAULT, name, first?.version, { enabled: false });
  },
  expire: ({ keyVault, name }) => keyVault.setAttributes(VAULT, name, undefined, { exp: 1_800_000_000 }),
  use: ({ keyVault, name }) => keyVault.setAttributes(VAULT, name, undefined, { keyOps: ['sign'] }),
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

/** Several things at once, mostly to the same few keys, then a while. */
const moments = fc.array(
  fc.record({
    acts: fc.array(fc.record({ act: fc.constantFrom(...(Object.keys(ACTS) as Act['act'][])), key: fc.nat(4) }), {
      maxLength: 4,
    }),
    restMs: fc.constantFrom(300, 1_000, 11_000, MINUTE, 3 * MINUTE, 40 * MINUTE),
  }),
  { minLength: 4, maxLength: 10 },
);

const afresh = ({ set, keys }: Watched) => set.call('probeAfresh', keys).then(seenOf);
const byLists = ({ set, keys }: Watched) => set.call('probeKeysByLists', keys).then(seenOf);

const WAYS: readonly [string, StageOptions][] = [
  ['the vault', { look: 'dataPlaneList' }],
  ['the vault, in short pages', { look: 'dataPlaneList', switches: { keyListPages: 'short' } }],
  ['Resource Manager, as published', { look: 'resourceManagerList', switches: { controlPlaneKeyListPage: 7 } }],
  ['Resource Manager, showing all', { look: 'resourceManagerList', switches: { controlPlaneKeyList: 'full' } }],
];

/** A list is kept for so long, and none of these vaults is looked at twice within that. */
const LISTS_KEPT_MS = 10_000;

describe('What is seen of keys', () => {
  it.each(WAYS)('by lists of %s is what reads of each would show', async (_whose, options) => {
    await fc.assert(
      fc.asyncProperty(moments, async (all) => {
        const watch = await watched(manyKeys(KEYS, 10), options);
        for (const { acts, restMs } of all) {
          for (const one of acts) act(watch, one);
          await watch.set.advance(LISTS_KEPT_MS + restMs);
          expect(await byLists(watch)).toEqual(await afresh(watch));
        }
      }),
      { numRuns: runs(30), seed: 14 },
    );
  });

  it('by lists that lag is what was so not longer ago than they lag', async () => {
    const LAG_S = 120;
    const options = { look: 'dataPlaneList', switches: { keyListStaleSeconds: LAG_S } } as const;
    await fc.assert(
      fc.asyncProperty(moments, async (all) => {
        const watch = await watched(manyKeys(KEYS, 10), options);
        const now = (): number => watch.set.cloud.world.clock.now();
        const was = [{ until: Number.POSITIVE_INFINITY, seen: await afresh(watch) }];
        for (const { acts, restMs } of all) {
          for (const one of acts) act(watch, one);
          await watch.set.advance(LISTS_KEPT_MS + restMs);
          const truth = await afresh(watch);
          was.push({ until: Number.POSITIVE_INFINITY, seen: truth });
          was.splice(-2, 1, { until: now() - restMs - LISTS_KEPT_MS, seen: was.at(-2)?.seen ?? {} });
          const recent = was.filter(({ until }) => until >= now() - LAG_S * 1_000).map(({ seen }) => seen);
          for (const [name, fact] of Object.entries(await byLists(watch)))
            expect(recent.map((seen) => seen[name])).toContainEqual(fact);
        }
      }),
      { numRuns: runs(30), seed: 14 },
    );
  });
});
