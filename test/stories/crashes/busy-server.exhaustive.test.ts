import { describe, expect, it } from 'vitest';
import { type App, HOUR, NEXT_SWEEP, startApp } from '../../builders/app.ts';
import {
  EXTENSION,
  ledgerOf,
  linesOf,
  loseOrders,
  orders,
  productRequests,
  REVALIDATION,
  serves,
  single,
} from '../../builders/incident.ts';
import { statusOf } from '../../builders/people.ts';

/** Longer than the half hour of a run, after which it goes on as a new one. */
const MAINTENANCE = { server: 'orders', seconds: 45 * 60 };

const maintain = ({ cloud }: App) =>
  fetch(`${cloud.control}/break/set-maintenance`, { method: 'POST', body: JSON.stringify(MAINTENANCE) });

/** `METHOD path` of the writes that Azure accepted. */
const accepted = (app: App): readonly string[] =>
  productRequests(app)
    .filter(({ mutating, status }) => mutating && status < 400)
    .map(({ method, url }) => `${method} ${new URL(url).pathname}`);

describe('a server that Azure is at work on', () => {
  it('is waited for, longer than one run lasts, and revalidated when Azure has finished', async () => {
    const app = await startApp({ world: orders([single('orders')]), wake: 'sweep' });
    await loseOrders(app);
    await maintain(app);
    await app.until('orders serves again', () => serves(app, 'orders'), 2 * HOUR);
    await app.pass(NEXT_SWEEP);

    expect(accepted(app)).toEqual([expect.stringMatching(EXTENSION), expect.stringMatching(REVALIDATION)]);
    expect(await statusOf(app)).toMatchObject({ verdict: 'healthy', runtimeStatus: 'Completed' });
    const lines = linesOf(await ledgerOf(app));
    expect(lines.filter((line) => line === 'opened' || line === 'closed')).toEqual(['opened', 'closed']);
    expect(lines.filter((line) => line.startsWith('intent'))).toHaveLength(
      lines.filter((line) => line.startsWith('outcome')).length,
    );
  });
});
