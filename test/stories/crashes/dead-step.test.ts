import { describe, expect, it } from 'vitest';
import { type App, MINUTE, NEXT_SWEEP, startApp } from '../../builders/app.ts';
import { ledgerOf, linesOf, loseOrders, orders, ordersServes, single, writes } from '../../builders/incident.ts';
import { APPROVE, approve, askedPlan, statusOf } from '../../builders/people.ts';
import { repeated } from '../../run/exhaustive.ts';

/** A person ends the orchestration of a step by Durable's own HTTP API. */
const terminate = async (app: App, owner: string): Promise<void> => {
  const path = `/runtime/webhooks/durabletask/instances/${encodeURIComponent(owner)}/terminate?reason=test`;
  await app.door({ method: 'POST', path }, 202);
};

const revalidationSent = (app: App): boolean => writes(app).length === 2;

const ownerOf = async (app: App, step: string): Promise<string> => {
  const intent = (await ledgerOf(app)).entries.find((entry) => entry.kind === 'intent' && entry.step === step);
  return intent?.id.replace(/\.intent$/, '') ?? '';
};

describe('a step that dies after it has written', () => {
  const broken = async (settings: Record<string, string> = {}): Promise<App> => {
    const app = await startApp({ world: orders([single('orders')]), wake: 'sweep', settings });
    await loseOrders(app);
    return app;
  };

  repeated('gets the outcome unknown, with what is seen, from the run that finds its intent', async () => {
    const app = await broken();
    await app.until('the revalidation is sent', () => revalidationSent(app), 30 * MINUTE);
    await terminate(app, await ownerOf(app, 'revalidateConsumer'));
    await ordersServes(app);
    await app.pass(30 * MINUTE);

    const ledger = await ledgerOf(app);
    expect(linesOf(ledger).slice(-9)).toEqual([
      'intent revalidateConsumer',
      'outcome revalidateConsumer unknown',
      'seen',
      'decided',
      'intent revalidateConsumer',
      'outcome revalidateConsumer done',
      'seen',
      'baseline',
      'closed',
    ]);
    const unknown = ledger.entries.find(({ outcome }) => outcome === 'unknown');
    expect(unknown?.detail).toMatchObject({ observed: [expect.stringContaining('orders')] });
    expect(writes(app)).toHaveLength(2);
  });

  it('has used its approval up: it is asked for again', async () => {
    const app = await broken(APPROVE);
    await app.pass(NEXT_SWEEP);
    const planId = await askedPlan(app);
    expect(await approve(app, planId, 'approver')).toMatchObject({ status: 202 });
    await app.until('the revalidation is sent', () => revalidationSent(app), 30 * MINUTE);
    await terminate(app, await ownerOf(app, 'revalidateConsumer'));
    await app.pass(10_000);
    expect(await statusOf(app)).toMatchObject({ verdict: 'ask' });
    expect(await askedPlan(app)).not.toBe(planId);
  });
});
