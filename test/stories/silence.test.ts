import { describe, expect, it } from '@jest/globals';
import { DAY, HOUR, MINUTE, startApp } from '../builders/app.ts';
import {
  expireKey,
  isDown,
  ledgerOf,
  orders,
  serves,
  single,
  startReconciliation,
  writes,
} from '../builders/incident.ts';
import { statusOf } from '../builders/people.ts';

const DAILY = { GUARDIAN_SWEEP_SCHEDULE: '0 0 6 * * *', GUARDIAN_SILENCE: 'PT6H' };

/** The product sweeps at six, and is silent from then on: the next sweep is a day away. */
const afterSilence = async () => {
  const app = await startApp({ world: orders([single('orders')]), wake: 'sweep', settings: DAILY });
  await app.pass(6 * HOUR + 2 * MINUTE);
  await app.pass(12 * HOUR);
  expireKey(app);
  await app.until('orders is down', () => isDown(app, 'orders'), HOUR);
  return app;
};

describe('A product that comes back after a long silence', () => {
  it('reports what somebody asks it to look at, and repairs nothing', async () => {
    const app = await afterSilence();
    await startReconciliation(app);
    await app.pass(10 * MINUTE);
    expect(await statusOf(app)).toMatchObject({ verdict: 'report' });
    expect(writes(app)).toEqual([]);
  });

  it('pauses itself for an hour with its first sweep, says so in its ledger, and then heals', async () => {
    const app = await afterSilence();
    await app.until('the sweep has begun', () => app.clock.now() > app.startedAt + DAY + 6 * HOUR + 2 * MINUTE, DAY);
    expect(writes(app)).toEqual([]);
    const { entries } = await ledgerOf(app, 'product');
    expect(entries.map(({ detail }) => detail)).toContainEqual(
      expect.objectContaining({ what: 'paused after a silence' }),
    );
    await app.pass(HOUR);
    await startReconciliation(app);
    await app.until('orders serves', () => serves(app, 'orders'), HOUR);
  });

  it('heals at once when somebody has read the reports and lifts the pause', async () => {
    const app = await afterSilence();
    await app.until('the sweep has begun', () => app.clock.now() > app.startedAt + DAY + 6 * HOUR + 2 * MINUTE, DAY);
    await app.door({ method: 'DELETE', path: '/api/pause' }, 204);
    await startReconciliation(app);
    await app.until('orders serves', () => serves(app, 'orders'), HOUR / 2);
  });
});
