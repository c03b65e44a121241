import { describe, expect, it } from 'vitest';
import type { WouldHave } from '../../../src/remediation/protocol/would-have.ts';
import { A_WHILE, HOUR, NEXT_SWEEP, startApp } from '../../builders/app.ts';
import {
  flexible,
  isDown,
  ledgerOf,
  linesOf,
  loseOrders,
  orders,
  productRequests,
  SINGLE,
  single,
  writes,
} from '../../builders/incident.ts';
import { statusOf } from '../../builders/people.ts';
import { repeated } from '../../run/exhaustive.ts';

const OBSERVE = { GUARDIAN_MODE: 'observe' };

describe('mode observe', () => {
  it('reads, reports the plan and writes nothing, whatever breaks and whoever wakes it', async () => {
    const world = orders([single('orders'), flexible('web')]);
    const app = await startApp({ world, wake: 'event', settings: OBSERVE });
    await loseOrders(app);
    await app.door({ method: 'POST', path: '/api/reconciliations', body: { resource: SINGLE } }, 202);
    await app.pass(A_WHILE);

    expect(isDown(app, 'orders')).toBe(true);
    expect(productRequests(app).length).toBeGreaterThan(5);
    expect(productRequests(app).filter(({ method }) => method !== 'GET')).toEqual([]);
    expect(writes(app)).toEqual([]);
    const { verdict, decision } = await statusOf(app);
    expect(verdict).toBe('report');
    expect(decision.plan.steps.map(({ kind }) => kind)).toEqual(['extendKeyExpiry', 'revalidateConsumer']);

    const { body } = await app.door({ method: 'GET', path: '/api/would-have' }, 200);
    const [day, ...more] = (body as { value: readonly { readonly entries: readonly WouldHave[] }[] }).value;
    expect(more).toEqual([]);
    const last = day?.entries.at(-1);
    expect(last?.steps.map(({ step, verdict }) => `${step} ${verdict}`)).toEqual([
      'extendKeyExpiry run',
      'revalidateConsumer run',
    ]);
    expect(last?.followed).toMatchObject([{ consumerId: SINGLE.toLowerCase(), isDownNow: true }]);
  });

  repeated('enters an unchanged verdict once, however many sweeps find it', async () => {
    const app = await startApp({ world: orders([single('orders')]), wake: 'sweep', settings: OBSERVE });
    await loseOrders(app);
    await app.pass(NEXT_SWEEP);
    const entered = linesOf(await ledgerOf(app));
    expect(entered).toEqual(['baseline', 'opened', 'seen', 'decided']);
    await app.pass(HOUR);
    expect(linesOf(await ledgerOf(app))).toEqual(entered);
  });
});
