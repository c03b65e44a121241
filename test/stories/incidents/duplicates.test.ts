import { describe, expect, it } from 'vitest';
import { HOUR, NEXT_SWEEP, SECOND, startApp } from '../../builders/app.ts';
import { eventsTold, keyEvent, sendEvent } from '../../builders/events.ts';
import {
  EXTENSION,
  expireKey,
  history,
  incidentsOf,
  ledgerOf,
  linesOf,
  loseOrders,
  orders,
  ordersServes,
  REVALIDATION,
  single,
  writes,
} from '../../builders/incident.ts';
import { repeated } from '../../run/exhaustive.ts';

describe('the same event twenty times', () => {
  it('is one incident, one extension and one revalidation, though it comes all at once, again, and out of order', async () => {
    const switches = { duplicateRate: 1, reorderRate: 1, eventDelaySeconds: 180 };
    const app = await startApp({ world: orders([single('orders')]), wake: 'event', switches, seed: 7 });
    await loseOrders(app);
    const expired = keyEvent(app, 'Microsoft.KeyVault.KeyExpired');
    for (let n = 0; n < 10; n++) sendEvent(app, expired);
    for (let n = 0; n < 5; n++) {
      await app.pass(7 * SECOND);
      sendEvent(app, expired);
      // An event of an earlier state comes last, and must not override the later state.
      sendEvent(app, keyEvent(app, 'Microsoft.KeyVault.KeyNearExpiry'));
      sendEvent(app, expired);
    }
    await ordersServes(app);
    await app.pass(HOUR);

    expect(eventsTold(app)).toBeGreaterThanOrEqual(20 + 5);
    expect(writes(app)).toEqual([expect.stringMatching(EXTENSION), expect.stringMatching(REVALIDATION)]);
    expect(await incidentsOf(app)).toMatchObject([{ closedAt: expect.any(String) }]);
    const lines = linesOf(await ledgerOf(app));
    expect(lines.filter((line) => line === 'opened' || line === 'closed')).toEqual(['opened', 'closed']);
  });

  repeated('spares the server its outage where the first is in time, and finds nothing to do after that', async () => {
    const app = await startApp({ world: orders([single('orders')]), wake: 'event' });
    await app.pass(NEXT_SWEEP);
    expireKey(app);
    await app.pass(HOUR);
    const healed = linesOf(await ledgerOf(app));
    expect(healed.at(-1)).toBe('closed');
    for (let n = 0; n < 20; n++) sendEvent(app, keyEvent(app, 'Microsoft.KeyVault.KeyExpired'));
    await app.pass(HOUR);

    expect(history(app, 'orders')).not.toContain('refused');
    expect(writes(app)).toEqual([expect.stringMatching(EXTENSION)]);
    expect(linesOf(await ledgerOf(app))).toEqual(healed);
  });
});
