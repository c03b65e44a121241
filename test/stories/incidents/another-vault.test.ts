import { describe, expect, it } from 'vitest';
import { subscriptionId } from '../../../local/cloud/worlds/product.ts';
import { verdictOn } from '../../attacks/witness.ts';
import { victims } from '../../attacks/world.ts';
import { deleteVault, makeVault, purgeVault, remakeKey, vaultIdOf } from '../../builders/another-vault.ts';
import { A_WHILE, type App, HOUR, MINUTE, NEXT_SWEEP, startApp } from '../../builders/app.ts';
import {
  expireKey,
  expiryOf,
  isDown,
  ledgerOf,
  linesOf,
  orders,
  serves,
  single,
  VAULT,
  writes,
} from '../../builders/incident.ts';
import { PEOPLE, signedIn } from '../../builders/people.ts';
import { repeated } from '../../run/exhaustive.ts';

const FREE = {
  GUARDIAN_AUTO_REVERSE: 'all',
  GUARDIAN_TRUSTED_RESTORES: `/subscriptions/${subscriptionId}`,
  GUARDIAN_FUSE_ROOT_CAUSES: '99',
};

/** The requests of a caller with the function key: every repair of the key and of its server. */
const requestAll = async (app: App, vault: string): Promise<void> => {
  const key = `https://${vault}.vault.azure.net/keys/cmk`;
  for (const step of [
    'recoverKey',
    'restoreKeyFromBackup',
    'enableKey',
    'grantKeyAccess',
    'revalidateConsumer',
    'enablePurgeProtection',
  ])
    await app.call({ method: 'POST', path: `/api/orchestrators/${step}`, body: { key } });
};

describe('a vault, or a key, that somebody ended and another has made again under its name', () => {
  it('gets nothing, though every reversal is allowed and every repair is requested', async () => {
    const vaults = ['kv-elsewhere', 'kv-same', 'kv-rekeyed'];
    const app = await startApp({ world: victims(...vaults), wake: 'sweep', settings: FREE });
    await app.pass(2 * NEXT_SWEEP);
    purgeVault(app, 'kv-elsewhere');
    makeVault(app, 'kv-elsewhere', 'attackers');
    purgeVault(app, 'kv-same');
    makeVault(app, 'kv-same', 'data');
    await remakeKey(app, 'kv-rekeyed');
    await app.until('all are down', () => ['elsewhere', 'same', 'rekeyed'].every((one) => isDown(app, one)), HOUR);
    await app.pass(2 * NEXT_SWEEP);
    for (const vault of vaults) await requestAll(app, vault);
    await app.pass(A_WHILE);
    expect(writes(app)).toEqual([]);
    expect(await verdictOn(app, 'kv-elsewhere')).toMatch(/^report: .*vaultForeign/);
    expect(await verdictOn(app, 'kv-same')).toMatch(/^report: .*vaultForeign/);
    expect(await verdictOn(app, 'kv-rekeyed')).toMatch(/^report: .*keyForeign/);
  });
});

/** An owner moves a vault by making it again elsewhere, and restores its key there; the key's server has no access yet. */
const moveVault = (app: App, vault: string, group: string): void => {
  const { keyVault } = app.cloud.world;
  const backup = keyVault.backupKey(vault, 'cmk');
  purgeVault(app, vault);
  makeVault(app, vault, group, 'unused');
  keyVault.restoreKey(vault, backup);
};

describe('a vault that was really moved', () => {
  repeated('is accepted by a person who names both ids, and only from then on its server is healed', async () => {
    const vault = 'kv-moved';
    const app = await startApp({ world: victims(vault), wake: 'sweep', settings: { ...FREE, ...PEOPLE } });
    await app.pass(2 * NEXT_SWEEP);
    const from = vaultIdOf(app, vault);
    const backupOfAll = app.cloud.world.keyVault.backupKey(vault, 'cmk');
    moveVault(app, vault, 'moved');
    await app.until('its server is down', () => isDown(app, 'moved'), HOUR);
    await app.pass(2 * NEXT_SWEEP);
    const to = vaultIdOf(app, vault);
    expect(writes(app)).toEqual([]);

    const accept = async (by: string | undefined, body: Record<string, string>) =>
      app.call({
        method: 'POST',
        path: '/api/vault-moves',
        headers: { 'x-functions-key': '', ...(by !== undefined && (await signedIn(app, by))) },
        body: { why: 'moved to its team', ...body },
      });
    expect((await accept(undefined, { from, to })).status).toBe(401);
    expect((await accept('requester', { from, to })).status).toBe(403);
    expect((await accept('approver', { from: to, to: from })).status).toBe(409);
    expect((await accept('approver', { from, to: from })).status).toBe(409);
    expect((await accept('approver', { from, to: `${to}-other` })).status).toBe(400);
    expect((await accept('approver', { from, to, why: '@/etc/passwd' })).status).toBe(400);
    await app.pass(NEXT_SWEEP);
    expect(writes(app)).toEqual([]);

    expect(await accept('approver', { from, to })).toMatchObject({ status: 202, body: { from: from.toLowerCase() } });
    await app.until('it serves again', () => serves(app, 'moved'), 30 * MINUTE);
    await app.pass(2 * NEXT_SWEEP);
    expect(await verdictOn(app, vault)).toMatch(/^healthy/);
    expect((await ledgerOf(app, 'product')).verification.kind).toBe('intact');
    const done = writes(app).length;
    expect((await accept('approver', { from, to })).status).toBe(409);

    // The acceptance counts for the vault of that time: a later vault of the same id is another.
    purgeVault(app, vault);
    makeVault(app, vault, 'moved', 'unused');
    app.cloud.world.keyVault.restoreKey(vault, backupOfAll);
    await app.pass(A_WHILE);
    expect(await verdictOn(app, vault)).toMatch(/^report: .*vaultForeign/);
    expect(writes(app)).toHaveLength(done);
  });
});

describe('a vault that the product itself has recovered', () => {
  repeated.each([true, false])('is the same, whether Azure keeps when it was made: %s', async (recoverKeepsBirth) => {
    const app = await startApp({
      world: orders([single('orders')], {}, 'roles'),
      wake: 'sweep',
      switches: { recoverKeepsBirth },
    });
    await app.pass(2 * NEXT_SWEEP);
    const birth = app.cloud.world.keyVault.vault(VAULT)?.createdAt;
    deleteVault(app);
    await app.until('orders is down', () => isDown(app, 'orders'), 30 * MINUTE);
    await app.until('orders serves again', () => serves(app, 'orders'), 30 * MINUTE);
    await app.pass(2 * NEXT_SWEEP);
    expect(linesOf(await ledgerOf(app)).at(-1)).toBe('closed');
    expect(app.cloud.world.keyVault.vault(VAULT)?.createdAt === birth).toBe(recoverKeepsBirth);
    expireKey(app);
    await app.pass(2 * NEXT_SWEEP);
    expect(expiryOf(app)).toBeGreaterThan(app.clock.now());
  });
});
