import { startAzurite } from '../../local/azurite.ts';
import { assumedOf, readPrices } from '../bill/prices.ts';
import { countStorage } from '../ledger/counted-storage.ts';
import { openScene, type Scene } from './scene.ts';
import type { Wait } from './waits.ts';

/** How many milliseconds of the wall an answer takes at least: of Azure by the end of its host, of storage. */
export type Lateness = { readonly azure: Readonly<Record<string, number>>; readonly storageMs: number };

export const AT_ONCE: Lateness = { azure: {}, storageMs: 0 };

/** As late as bench/prices.json assumes. */
export const asAssumed = (): Lateness => {
  const prices = readPrices();
  return {
    azure: {
      'vault.azure.net': assumedOf(prices, 'vaultMilliseconds'),
      'management.azure.com': assumedOf(prices, 'resourceManagerMilliseconds'),
    },
    storageMs: assumedOf(prices, 'storageMilliseconds'),
  };
};

/** The scene of a heal with an Azure and a storage that can be late on the real clock. */
export type LateScene = Scene & {
  be(late: Lateness): void;
  /** The waits for storage since it was last asked. */
  storageWaits(): readonly Wait[];
};

/** What is the product's own runs as fast as ever: the local Azure and a listener before the storage emulator wait with their answers. */
export const openLateScene = async (): Promise<LateScene> => {
  const azurite = await startAzurite();
  let storageMs = 0;
  let waits: Wait[] = [];
  const answerMs = (): number => {
    const from = performance.now();
    if (storageMs > 0) waits.push({ from, until: from + storageMs });
    return storageMs;
  };
  const { close, connectionString } = await countStorage(azurite.connectionString, { answerMs });
  const scene = await openScene({ storage: { ...azurite, connectionString } });
  return {
    ...scene,
    storageWaits: () => {
      const since = waits;
      waits = [];
      return since;
    },
    be: (late) => {
      storageMs = late.storageMs;
      scene.rig.cloud.world.switches.answerWallMilliseconds = late.azure;
    },
    close: async () => {
      await scene.close();
      await close();
      await azurite.close();
    },
  };
};
