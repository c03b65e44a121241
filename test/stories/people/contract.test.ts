import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HostAnswer, HostCall } from '../../../local/call-host.ts';
import { ROUTES, type RouteName } from '../../../src/surface.ts';
import { type App, NEXT_SWEEP, startApp } from '../../builders/app.ts';
import { fittingRequest, unfittingRequest } from '../../builders/arbitrary-request.ts';
import { KEY, loseOrders, orders, SINGLE, single } from '../../builders/incident.ts';
import { APPROVE, askedPlan, INSTANCE, signedIn } from '../../builders/people.ts';
import { runs } from '../../run/exhaustive.ts';

const NAMES = ROUTES.map(({ name }) => name);

/** An alert is never refused for its content. */
const REFUSING = NAMES.filter((name) => name !== 'receive-alert');

/** Statuses of faults that the sender of a request has to correct. */
const OF_SENDER = [400, 404, 409, 413, 422];

/** Sends as an approver, who may call every route except that of alerts; sometimes with the master key. */
const sentTo = async (app: App, name: RouteName, call: HostCall, byKey = false): Promise<HostAnswer> =>
  app.call(
    name === 'receive-alert' || byKey
      ? call
      : { ...call, headers: { ...call.headers, ...(await signedIn(app, 'approver')) } },
  );

const property = { endOnFailure: true, seed: 7 };

const withAPlan = async () => {
  const app = await startApp({ world: orders([single('orders')]), wake: 'sweep', settings: APPROVE });
  await loseOrders(app);
  await app.pass(NEXT_SWEEP);
  const pool = [KEY, SINGLE, 'orders', 'kv-orders', INSTANCE, await askedPlan(app), 'extendKeyExpiry', 'product', '00'];
  return { app, pool };
};

describe('The contract of the doors', () => {
  it('holds for whatever is asked as it says, and whatever else is asked is refused', async () => {
    const { app, pool } = await withAPlan();

    const right = fc
      .constantFrom(...NAMES)
      .chain((name) => fc.tuple(fc.constant(name), fittingRequest(name, pool), fc.boolean()));
    await fc.assert(
      fc.asyncProperty(right, async ([name, call, byKey]) => {
        const { status } = await sentTo(app, name, call, byKey);
        expect(status).toBeLessThan(500);
        expect(app.undocumented).toEqual([]);
      }),
      { ...property, numRuns: runs(1_200) },
    );

    const wrong = fc
      .constantFrom(...REFUSING)
      .chain((name) => fc.tuple(fc.constant(name), unfittingRequest(name, pool)));
    await fc.assert(
      fc.asyncProperty(wrong, async ([name, call]) => {
        const { status, headers } = await sentTo(app, name, call);
        expect(headers['content-type']).toBe('application/problem+json');
        expect(OF_SENDER).toContain(status);
        expect(app.undocumented).toEqual([]);
      }),
      { ...property, numRuns: runs(800) },
    );
  });
});
