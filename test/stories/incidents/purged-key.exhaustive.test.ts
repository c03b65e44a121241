import { BlobServiceClient } from '@azure/storage-blob';
import { describe, expect, it } from 'vitest';
import { type App, MINUTE, NEXT_SWEEP, SECOND, startApp } from '../../builders/app.ts';
import { ownPrefix } from '../../builders/azurite.ts';
import {
  isDown,
  ledgerOf,
  linesOf,
  orders,
  REVALIDATION,
  serves,
  single,
  VAULT,
  writes,
} from '../../builders/incident.ts';
import { deleteKey, purgeKey } from '../../builders/key-loss.ts';
import { approve, askedPlan, PEOPLE, statusOf } from '../../builders/people.ts';
import { runStorage } from '../../run/ground.ts';

const PREFIX = ownPrefix();
const RESTORE = /^POST \/keys\/restore$/;

/** The commands of a person while everything is healthy: az keyvault key backup, az storage blob upload. */
const backUp = ({ cloud }: App): Buffer => Buffer.from(cloud.world.keyVault.backupKey(VAULT, 'cmk'), 'base64url');
const upload = async (bytes: Buffer): Promise<void> => {
  const container = BlobServiceClient.fromConnectionString(runStorage()).getContainerClient(`${PREFIX}-backups`);
  await container.createIfNotExists();
  await container.getBlockBlobClient(`${VAULT}/cmk`).upload(bytes, bytes.length);
};

describe('a key that was purged, and of which somebody keeps a backup', () => {
  it('is asked about, then restored, and its server is revalidated', async () => {
    const settings = { GUARDIAN_TABLE_PREFIX: PREFIX, ...PEOPLE };
    const app = await startApp({ world: orders([single('orders')]), wake: 'sweep', settings });
    await app.pass(NEXT_SWEEP);
    const backup = backUp(app);
    await upload(backup);
    deleteKey(app);
    await app.pass(30 * SECOND);
    purgeKey(app);
    await app.until('orders is down', () => isDown(app, 'orders'), 15 * MINUTE);
    await app.pass(NEXT_SWEEP);
    // Azure may answer 404 for an existing key, too: the product must not restore before ten minutes of such answers.
    expect((await statusOf(app)).decision.plan.steps.map(({ kind }) => kind)).not.toContain('restoreKeyFromBackup');
    await app.pass(3 * NEXT_SWEEP);
    const { verdict, decision } = await statusOf(app);
    expect(verdict).toBe('ask');
    expect(decision.plan.steps[0]).toMatchObject({ kind: 'restoreKeyFromBackup' });
    expect(writes(app)).toEqual([]);

    // A person with write access to the product's storage replaces the backup: the approval is not for that.
    await upload(Buffer.from('something else'));
    const planId = await askedPlan(app);
    expect((await approve(app, planId, 'approver')).status).toBe(409);
    await app.pass(2 * NEXT_SWEEP);
    expect(writes(app)).toEqual([]);
    await upload(backup);
    await app.pass(2 * NEXT_SWEEP);

    expect(await approve(app, await askedPlan(app), 'approver')).toMatchObject({ status: 202 });
    await app.until('orders serves again', () => serves(app, 'orders'), 30 * MINUTE);
    await app.pass(2 * NEXT_SWEEP);
    expect(writes(app)).toEqual([expect.stringMatching(RESTORE), expect.stringMatching(REVALIDATION)]);
    expect(linesOf(await ledgerOf(app)).at(-1)).toBe('closed');
  });
});
