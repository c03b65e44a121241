import { BlobServiceClient } from '@azure/storage-blob';
import { HOUR, MINUTE } from '../../builders/durations.ts';
import type { App, AppPlan } from '../../builders/open-app.ts';
import { approve, liftPause, PEOPLE, signedIn } from '../../builders/people.ts';
import type { Attack } from '../attack.ts';
import { statusIn } from '../kept.ts';
import { answered, outcome, verdictOn, writesDuring } from '../witness.ts';
import { victims } from '../world.ts';

const VAULT = 'kv-backup';
const BACKED_UP: AppPlan = { world: victims(VAULT), wake: 'sweep', settings: PEOPLE };

const uploader = (app: App) => async (bytes: Buffer) => {
  const blobs = BlobServiceClient.fromConnectionString(app.storage.connectionString);
  const container = blobs.getContainerClient(`${app.tablePrefix}-backups`);
  await container.createIfNotExists();
  await container.getBlockBlobClient(`${VAULT}/cmk`).upload(bytes, bytes.length);
};

/** A pause delays the approved step, so that the attacker has time to replace the backup. */
export const swappedBackup: Attack = {
  item: '1',
  sentence: 'a writer of the product’s storage puts another backup in the place of the one that a person has approved',
  plan: BACKED_UP,
  play: async (app) => {
    await app.pass(10 * MINUTE);
    const { keyVault } = app.cloud.world;
    const upload = uploader(app);
    await upload(Buffer.from(keyVault.backupKey(VAULT, 'cmk'), 'base64url'));
    keyVault.createKey(VAULT, 'stolen', { keySize: 2048 });
    const other = Buffer.from(keyVault.backupKey(VAULT, 'stolen'), 'base64url');
    keyVault.deleteKey(VAULT, 'cmk');
    await app.pass(MINUTE);
    Object.assign(keyVault.vault(VAULT) ?? {}, { purgeProtection: false });
    keyVault.purgeKey(VAULT, 'cmk');
    await app.pass(2 * HOUR);
    const { asked } = await statusIn(app, VAULT);
    const headers = await signedIn(app, 'approver');
    await app.call({ method: 'PUT', path: '/api/pause', headers, body: { why: 'maintenance' } });
    const approved = answered(await approve(app, asked[0]?.planId ?? '', 'approver'));
    const writes = await writesDuring(app, async () => {
      await upload(other);
      await liftPause(app, 'approver');
      await app.pass(HOUR);
    });
    const verdict = await verdictOn(app, VAULT);
    return outcome(
      { writes, verdict: `approved ${approved}, then ${verdict}` },
      {
        'it was approved': approved === '202',
        'nothing is restored': writes.length === 0,
        'it is asked anew': verdict.startsWith('ask'),
      },
    );
  },
};
