import { describe, expect, it } from 'vitest';
import type { ProductPart } from '../../../local/cloud/worlds/product-role.ts';
import { productRole } from '../../../local/cloud/worlds/product-role.ts';
import { type App, HOUR, MINUTE, NEXT_SWEEP, startApp } from '../../builders/app.ts';
import {
  expireKey,
  isDown,
  KEY,
  ledgerOf,
  linesOf,
  orders,
  ordersServes,
  productRequests,
  server,
  single,
  writes,
} from '../../builders/incident.ts';
import { statusOf } from '../../builders/people.ts';
import { takeParts } from '../../builders/rights.ts';
import { repeated, sampled } from '../../run/exhaustive.ts';

const PARTS = ['consumers', 'grants', 'keys', 'observe'] as const;
const LONG = 30 * MINUTE;

const down = (app: App) => app.until('orders is down', () => isDown(app, 'orders'), 15 * MINUTE);

/** `METHOD status` of everything that the product sent since then which may change something in Azure. */
const sentSince = (app: App, count: number): readonly string[] =>
  productRequests(app)
    .filter(({ mutating }) => mutating)
    .slice(count)
    .map(({ method, status }) => `${method} ${status}`);

const refusals = (sent: readonly string[]): number => sent.filter((one) => one.endsWith('403')).length;

/** The begun writes without an end in the ledger: every write must have one. */
const unended = async (app: App): Promise<readonly string[]> => {
  const lines = linesOf(await ledgerOf(app));
  const count = (what: string) => lines.filter((line) => line.startsWith(what)).length;
  return count('intent') === count('outcome') ? [] : lines;
};

const expire = async (app: App): Promise<void> => {
  expireKey(app);
  await down(app);
};

/** An owner takes the server's role on the key, and the server goes down. */
const revoke = async (app: App): Promise<void> => {
  const { rbac } = app.cloud.world;
  const found = server(app, 'orders');
  const principal = found.generation === 'single' ? found.identity?.principalId : undefined;
  for (const one of rbac.assignments()) if (one.principalId === principal) rbac.unassign(one.scope, one.name);
  await down(app);
};

const both = async (app: App): Promise<void> => {
  expireKey(app);
  await revoke(app);
};

/** The break, whether the part is taken away in the middle of its repair, and the part that a person starts again afterwards. */
const SCENES: Readonly<Record<ProductPart, { lose(app: App): Promise<void>; midway: boolean; again: string }>> = {
  observe: { lose: both, midway: true, again: 'grantKeyAccess' },
  keys: { lose: expire, midway: false, again: 'extendKeyExpiry' },
  consumers: { lose: expire, midway: true, again: 'revalidateConsumer' },
  grants: { lose: both, midway: true, again: 'grantKeyAccess' },
};

/** Does something at the very moment when Azure has done a write of the product: the n-th from now on. */
const atWrite = (app: App, n: number, act: () => void): void => {
  const { requests } = app.cloud;
  const { add } = requests;
  const before = writes(app).length;
  requests.add = (entry) => {
    add(entry);
    if (writes(app).length < before + n) return;
    requests.add = add;
    act();
  };
};

const start = (): Promise<App> =>
  startApp({
    world: orders([single('orders')], {}, 'roles'),
    wake: 'sweep',
    settings: { GUARDIAN_AUTO_REVERSE: 'all' },
  });

describe('the part of the role that is taken away while a repair is under way', () => {
  repeated('is missed in words, is tried three times at most, and given back it heals', async () => {
    const app = await start();
    await app.pass(NEXT_SWEEP);
    for (const part of sampled(PARTS, 1)) {
      const { lose, midway, again } = SCENES[part];
      let giveBack = (): void => {};
      const take = (): void => {
        giveBack = takeParts(part)(app);
      };
      if (midway) atWrite(app, 1, take);
      else take();
      await lose(app);
      await app.pass(NEXT_SWEEP);
      const taken = writes(app).length;
      await app.pass(HOUR);

      expect({ part, down: isDown(app, 'orders') }).toEqual({ part, down: true });
      const sent = sentSince(app, taken);
      expect({
        part,
        refused: refusals(sent) <= 3,
        others: sent.filter((one) => !/403|200|201|202/.test(one)),
      }).toEqual({
        part,
        refused: true,
        others: [],
      });
      const said = [await statusOf(app), await ledgerOf(app), await ledgerOf(app, 'product')];
      expect(JSON.stringify(said)).toContain(productRole(part).roleName);
      expect({ part, verdict: (await statusOf(app)).verdict }).not.toEqual({ part, verdict: 'healthy' });

      giveBack();
      await app.door({ method: 'POST', path: `/api/orchestrators/${again}`, body: { key: KEY } }, 202);
      await ordersServes(app);
      await app.pass(NEXT_SWEEP);
      expect(await unended(app)).toEqual([]);
      expect({ part, verdict: (await statusOf(app)).verdict }).toEqual({ part, verdict: 'healthy' });
    }
  });
});

describe('the function app that is stopped in the middle of a repair', () => {
  it.each(sampled([1, 2] as const, 0))(
    'after %i writes, for hours, goes on where it was, and writes nothing twice',
    async (count) => {
      const app = await start();
      await app.pass(NEXT_SWEEP);
      await expire(app);
      await app.until('so much is written', () => writes(app).length >= count, LONG);
      await app.host().kill();
      const written = writes(app).length;
      await app.pass(5 * HOUR);
      expect(writes(app)).toHaveLength(written);

      await app.restartHost();
      await app.until('orders serves again', () => !isDown(app, 'orders'), 3 * HOUR);
      await app.pass(NEXT_SWEEP);
      expect(await unended(app)).toEqual([]);
      expect(writes(app)).toHaveLength(2);
      expect(await statusOf(app)).toMatchObject({ verdict: 'healthy' });
    },
  );
});
