import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, startApp } from '../../builders/app.ts';
import {
  expireKey,
  isDown,
  KEY,
  ledgerOf,
  orders,
  serves,
  single,
  startReconciliation,
  writes,
} from '../../builders/incident.ts';
import { errorCode, liftPause, statusOf } from '../../builders/people.ts';
import { repeated } from '../../run/exhaustive.ts';

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
  repeated('reports what somebody asks it to look at, and repairs nothing', async () => {
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

  it('starts nothing by hand and says why, and heals at once when a person lifts the rest before any sweep has begun it', async () => {
    const app = await afterSilence();
    const manual = await app.call({ method: 'POST', path: '/api/orchestrators/extendKeyExpiry', body: { key: KEY } });
    expect([manual.status, errorCode(manual)]).toEqual([409, 'CannotActNow']);
    expect(JSON.stringify(manual.body)).toContain('DELETE /api/pause');
    await liftPause(app);
    await app.until('orders serves', () => serves(app, 'orders'), HOUR / 2);
    expect(await statusOf(app)).toMatchObject({ requests: [] });
    // The next sweep pauses nothing either, though it comes after a silence.
    await app.pass(DAY);
    const overrides = await app.door({ method: 'GET', path: '/api/overrides' }, 200);
    expect(overrides.body).toMatchObject({ paused: null });
  });

  repeated('heals at once when somebody has read the reports and lifts the pause', async () => {
    const app = await afterSilence();
    await app.until('the sweep has begun', () => app.clock.now() > app.startedAt + DAY + 6 * HOUR + 2 * MINUTE, DAY);
    await liftPause(app);
    await startReconciliation(app);
    await app.until('orders serves', () => serves(app, 'orders'), HOUR / 2);
  });
});
