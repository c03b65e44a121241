import { describe, expect, it } from '@jest/globals';
import { NEXT_SWEEP, startApp } from '../builders/app.ts';
import {
  EXTENSION,
  history,
  ledgerOf,
  linesOf,
  loseOrders,
  orders,
  ordersServes,
  REVALIDATION,
  single,
  writes,
} from '../builders/incident.ts';

describe('one incident from end to end', () => {
  it('brings a server back whose pinned key version has expired, with two writes and a ledger that says so', async () => {
    const app = await startApp({ world: orders([single('orders')]), wake: 'sweep' });
    await loseOrders(app);
    await ordersServes(app);
    await app.pass(NEXT_SWEEP);

    expect(history(app, 'orders')).toEqual(['keyLost', 'refused', 'ready']);
    expect(writes(app)).toEqual([expect.stringMatching(EXTENSION), expect.stringMatching(REVALIDATION)]);
    expect(linesOf(await ledgerOf(app))).toEqual([
      'baseline',
      'opened',
      'seen',
      'decided',
      'intent extendKeyExpiry',
      'outcome extendKeyExpiry done',
      'intent revalidateConsumer',
      'outcome revalidateConsumer done',
      'seen',
      'closed',
    ]);
  });
});
