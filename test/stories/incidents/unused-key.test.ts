import { describe, expect, it } from 'vitest';
import { buildWorld, serverId } from '../../../local/cloud/worlds/build-world.ts';
import { type App, MINUTE, startApp, type Wake } from '../../builders/app.ts';
import { keyEvent, sendEvent } from '../../builders/events.ts';
import { KEY, ledgerOf, linesOf, orders, single, startReconciliation, VAULT } from '../../builders/incident.ts';
import { errorCode } from '../../builders/people.ts';
import { repeated } from '../../run/exhaustive.ts';

const NOSUCH = KEY.replace(/cmk$/, 'nosuch');

const start = (wake: Wake): Promise<App> => startApp({ world: orders([single('orders')]), wake });

const listed = async (app: App): Promise<unknown> =>
  (await app.door({ method: 'GET', path: '/api/reconciliations?verdict=all' }, 200)).body;

const sendEventOfNosuch = (app: App): void => {
  const event = keyEvent(app, 'Microsoft.KeyVault.KeyNearExpiry');
  sendEvent(app, { ...event, subject: 'nosuch', data: { ...event.data, ObjectName: 'nosuch', Id: `${NOSUCH}/1` } });
};

describe('a key that nothing in scope uses', () => {
  it('is not found by the doors, and nothing is recorded of it', async () => {
    const app = await start('doors');
    for (const path of ['/api/reconciliations', '/api/orchestrators/extendKeyExpiry']) {
      const answer = await app.call({ method: 'POST', path, body: { key: NOSUCH } });
      expect([answer.status, errorCode(answer)]).toEqual([404, 'NotFound']);
    }
    expect(await listed(app)).toMatchObject({ value: [] });
  });

  repeated('has nothing to remember when an event names it, and that is said', async () => {
    const app = await start('event');
    sendEventOfNosuch(app);
    await app.pass(10 * MINUTE);
    expect(await listed(app)).toMatchObject({
      value: [{ key: NOSUCH, verdict: 'healthy', notes: [expect.stringContaining('Nothing in scope uses')] }],
    });
    expect(linesOf(await ledgerOf(app, NOSUCH))).toEqual(['decided']);
  });

  it('is no longer said to be unused when a server begins to use it', async () => {
    const app = await start('event');
    app.cloud.world.keyVault.createKey(VAULT, 'nosuch', { keySize: 2048 });
    sendEventOfNosuch(app);
    await app.pass(10 * MINUTE);
    buildWorld(app.cloud.world, { servers: [{ ...single('later'), key: 'nosuch' }] });
    await startReconciliation(app, { resource: serverId('single', 'later') });
    await app.pass(MINUTE);
    expect(await listed(app)).toMatchObject({ value: [{ key: NOSUCH, verdict: 'healthy', notes: [] }] });
    expect(linesOf(await ledgerOf(app, NOSUCH))).toEqual(['decided', 'baseline']);
  });
});
