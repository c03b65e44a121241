import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { startAzurite } from '../../local/azurite.ts';

/**
 * The parts that all apps of a run share: storage, and keys and certificates, which take longer to make than most attacks take to
 * play.
 */
export const withGround = async <Value>(use: (storage: string) => Promise<Value>): Promise<Value> => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'cmk-guardian-attacks-'));
  process.env['LOCAL_CLOUD_KEYS'] = folder;
  const azurite = await startAzurite();
  try {
    return await use(azurite.connectionString);
  } finally {
    await azurite.close();
    await rm(folder, { recursive: true, force: true });
  }
};
