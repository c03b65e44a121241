import { beforeEach, describe, expect, it } from 'vitest';
import { buildWorld, serverId } from '../../../local/cloud/worlds/build-world.ts';
import { type App, HOUR, MINUTE, startApp } from '../../builders/app.ts';
import {
  expireKey,
  isDown,
  ledgerOf,
  linesOf,
  orders,
  serves,
  single,
  startReconciliation,
  VAULT,
} from '../../builders/incident.ts';
import { repeated } from '../../run/exhaustive.ts';

const LATER = serverId('single', 'later');

let app: App;
beforeEach(async () => {
  app = await startApp({ world: orders([single('orders')]), wake: 'doors' });
});

/** The product knows who uses the key; then a server gets a newer version of it, which expires. */
const loseNewcomer = async (): Promise<void> => {
  await startReconciliation(app);
  await app.pass(MINUTE);
  app.cloud.world.keyVault.rotateKey(VAULT, 'cmk');
  buildWorld(app.cloud.world, { servers: [single('later')] });
  await app.pass(MINUTE);
  expireKey(app);
  await app.until('later is down', () => isDown(app, 'later'), HOUR);
};

const laterServes = (): Promise<void> => app.until('later serves again', () => serves(app, 'later'), HOUR);

describe('a server that got its key after everything was looked at', () => {
  it('is healed when a reconciliation names it', async () => {
    await loseNewcomer();
    await startReconciliation(app, { resource: LATER });
    await laterServes();
    expect(serves(app, 'orders')).toBe(true);
    await app.pass(MINUTE);
    expect(linesOf(await ledgerOf(app)).at(-1)).toBe('closed');
  });

  repeated('is healed when a repair names it', async () => {
    await loseNewcomer();
    const path = '/api/orchestrators/revalidateConsumer';
    const { body } = await app.door({ method: 'POST', path, body: { resource: LATER } }, 202);
    expect(body).toMatchObject({
      verdicts: [{ verdict: 'run', step: { kind: 'revalidateConsumer', target: LATER.toLowerCase() } }],
    });
    await laterServes();
  });

  repeated('does not hide the servers that were there before', async () => {
    app.cloud.world.keyVault.rotateKey(VAULT, 'cmk');
    buildWorld(app.cloud.world, { servers: [single('later')] });
    expireKey(app, 1);
    await app.until('orders is down', () => isDown(app, 'orders'), HOUR);
    await startReconciliation(app, { resource: LATER });
    await app.until('orders serves again', () => serves(app, 'orders'), HOUR);
  });
});
