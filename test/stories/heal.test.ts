import { describe, expect, it } from '@jest/globals';
import { MINUTE, startApp } from '../builders/app.ts';
import {
  EXTENSION,
  expireKey,
  history,
  isDown,
  ledgerOf,
  linesOf,
  orders,
  REVALIDATION,
  serves,
  single,
  writes,
} from '../builders/incident.ts';

describe('one incident from end to end', () => {
  it('brings a server back whose pinned key version has expired, with two writes and a ledger that says so', async () => {
    const app = await startApp({ world: orders([single('orders')]), wake: 'sweep' });
    await app.pass(6 * MINUTE);
    expireKey(app);
    await app.until('orders is down', () => isDown(app, 'orders'), 15 * MINUTE);
    await app.until('orders serves again', () => serves(app, 'orders'), 30 * MINUTE);
    await app.pass(6 * MINUTE);

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
