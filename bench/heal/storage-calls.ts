import { startAzurite } from '../../local/azurite.ts';
import { countStorage } from '../ledger/counted-storage.ts';
import { openScene } from './scene.ts';

/** How many calls of tables and blobs a heal by the product takes. Counters would slow the heals that are timed. */
export const storageCallsOfHeal = async (): Promise<number> => {
  const azurite = await startAzurite();
  const { close, connectionString, traffic } = await countStorage(azurite.connectionString);
  const scene = await openScene({ storage: { ...azurite, connectionString } });
  try {
    await scene.breakServer();
    await scene.reconcile();
    await scene.breakServer();
    const before = traffic.requests;
    await scene.reconcile();
    return traffic.requests - before;
  } finally {
    await scene.close();
    await close();
    await azurite.close();
  }
};
