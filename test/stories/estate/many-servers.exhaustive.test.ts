import { describe, expect, it } from 'vitest';
import { MINUTE, startApp } from '../../builders/app.ts';
import {
  EXTENSION,
  ledgerOf,
  linesOf,
  loseOrders,
  orders,
  REVALIDATION,
  serves,
  single,
  writes,
} from '../../builders/incident.ts';

const NAMES = ['orders', ...Array.from({ length: 11 }, (_, at) => `branch-${at + 1}`)];

describe('A key of a dozen servers that expires', () => {
  it('is extended once, and all of them are revalidated together: Azure takes a minute for each', async () => {
    const app = await startApp({ world: orders(NAMES.map((name) => single(name))), wake: 'sweep' });
    await loseOrders(app);
    const lostAt = app.clock.now();
    await app.until('all serve again', () => NAMES.every((name) => serves(app, name)), 30 * MINUTE);
    expect(app.clock.now() - lostAt).toBeLessThan(10 * MINUTE);
    await app.pass(6 * MINUTE);

    expect(writes(app).filter((write) => EXTENSION.test(write))).toHaveLength(1);
    expect(writes(app).filter((write) => REVALIDATION.test(write))).toHaveLength(NAMES.length);
    const lines = linesOf(await ledgerOf(app));
    expect(lines.filter((line) => line === 'outcome revalidateConsumer done')).toHaveLength(NAMES.length);
    expect(lines.at(-1)).toBe('closed');
  });
});
