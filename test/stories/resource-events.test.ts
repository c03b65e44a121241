import { describe, expect, it } from '@jest/globals';
import { type App, HOUR, MINUTE, startApp } from '../builders/app.ts';
import { control } from '../builders/control.ts';
import {
  expireKey,
  flexible,
  isDown,
  KEY,
  ledgerOf,
  linesOf,
  orders,
  productRequests,
  REVALIDATION,
  serves,
  single,
  startReconciliation,
  VAULT,
  writes,
} from '../builders/incident.ts';
import { PATCH_OF_SERVER } from '../builders/key-loss.ts';

/** How often the key was woken, and how often it was looked at: a look reads its vault once. */
const effort = async (app: App): Promise<{ readonly wakes: number; readonly vaultReads: number }> => {
  const { body } = await app.door({ method: 'GET', path: '/api/reconciliations' }, 200);
  const { value } = body as { value: readonly { key: string; wanted: number }[] };
  const reads = productRequests(app).filter(({ route }) => /^GET .*\/vaults\/\{\w+\}$/.test(route));
  return { wakes: value.find(({ key }) => key === KEY)?.wanted ?? 0, vaultReads: reads.length };
};

/** The product looks once at a healthy world, and knows from then on who uses the key. */
const firstLook = async (app: App): Promise<void> => {
  await startReconciliation(app);
  await app.pass(MINUTE);
  expect(linesOf(await ledgerOf(app))).toEqual(['baseline']);
};

describe('a write in the subscription', () => {
  it('that makes a server has it looked at, with no sweep and nobody who names it', async () => {
    const app = await startApp({ world: orders([flexible('web')]), wake: 'event' });
    await firstLook(app);
    await control(app, 'break/create-replica', { server: 'web', name: 'web-replica' });
    expect(isDown(app, 'web-replica')).toBe(true);
    await app.until('web-replica serves', () => serves(app, 'web-replica'), 10 * MINUTE);
    await app.pass(HOUR);
    expect(writes(app)).toEqual([expect.stringMatching(PATCH_OF_SERVER)]);
    expect(linesOf(await ledgerOf(app)).at(-1)).toBe('closed');
  });

  it('of the product itself comes back as an event, and costs one look and no write more', async () => {
    const switches = { duplicateRate: 1, reorderRate: 1 };
    const world = orders([single('orders'), single('billing')]);
    const app = await startApp({ world, wake: 'event', subscribed: 'after the keys', switches });
    await firstLook(app);
    expireKey(app);
    await app.until('both are down', () => isDown(app, 'orders') && isDown(app, 'billing'), 15 * MINUTE);
    await startReconciliation(app);
    await app.until('both serve', () => serves(app, 'orders') && serves(app, 'billing'), HOUR);
    await app.pass(HOUR);
    const told = [expect.stringMatching(REVALIDATION), expect.stringMatching(REVALIDATION)];
    expect(writes(app).slice(1)).toEqual(told);
    const lines = linesOf(await ledgerOf(app));
    expect(lines.at(-1)).toBe('closed');

    const before = await effort(app);
    // Two starts by hand, and each revalidation as an event, every one of them twice.
    expect(before.wakes).toBeLessThanOrEqual(2 + 2 * 2);
    await app.pass(6 * HOUR);
    expect(await effort(app)).toEqual(before);
    expect(linesOf(await ledgerOf(app))).toEqual(lines);
  });

  it('to a healthy vault costs one look each, and nothing is written or entered, however many there are', async () => {
    const app = await startApp({ world: orders([single('orders')]), wake: 'event' });
    await firstLook(app);
    const before = await effort(app);
    for (let n = 0; n < 20; n++) await control(app, 'repair/open-firewall', { vault: VAULT });
    await app.pass(HOUR);
    const after = await effort(app);
    expect(after.wakes).toBe(before.wakes + 20);
    expect(after.vaultReads).toBeGreaterThan(before.vaultReads);
    expect(after.vaultReads).toBeLessThanOrEqual(before.vaultReads + 20);
    expect(writes(app)).toEqual([]);
    expect(linesOf(await ledgerOf(app))).toEqual(['baseline']);
  });
});
