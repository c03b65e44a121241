import { describe, expect, it } from 'vitest';
import type { IncidentWrite } from '../../../src/remediation/protocol/incident-writes.ts';
import type { Moment } from '../../../src/remediation/protocol/timeline.ts';
import { A_WHILE, HOUR, NEXT_SWEEP, startApp } from '../../builders/app.ts';
import {
  EXTENSION,
  expiryOf,
  happenedAt,
  history,
  incidentsOf,
  isDown,
  ledgerOf,
  linesOf,
  loseOrders,
  orders,
  ordersServes,
  productRequests,
  REVALIDATION,
  setExpiry,
  single,
  writes,
} from '../../builders/incident.ts';
import { statusOf } from '../../builders/people.ts';

describe('an expiry that somebody sets', () => {
  it('is left as it is until a person says yes, though the server is down', async () => {
    const app = await startApp({ world: orders([single('orders')]), wake: 'sweep' });
    await app.pass(NEXT_SWEEP);
    setExpiry(app);
    await app.until('orders is down', () => isDown(app, 'orders'), HOUR);
    await app.pass(A_WHILE);
    expect(writes(app)).toEqual([]);
    const { decision, verdict } = await statusOf(app);
    expect(verdict).toBe('ask');
    expect(JSON.stringify(decision)).toContain('GUARDIAN_AUTO_REVERSE does not name extendKeyExpiry here');
  });
});

type ToldIncident = {
  readonly lostAt?: string;
  readonly timeline: readonly Moment[];
  readonly writes: readonly IncidentWrite[];
  readonly who: { readonly says: readonly string[] };
};

describe('one incident from end to end', () => {
  it('brings a server back whose pinned key version has expired, with two writes and a ledger that says so', async () => {
    const app = await startApp({ world: orders([single('orders')]), wake: 'sweep' });
    await loseOrders(app);
    const expiredAt = expiryOf(app);
    await ordersServes(app);
    await app.pass(NEXT_SWEEP);

    // The verdict is in the log of the invocation that found it, by which the host distinguishes invocations.
    expect(app.said.some((line) => /\[recordAssessment\] https:\/\/kv-orders.*: run\. /.test(line))).toBe(true);
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
      'baseline',
      'closed',
    ]);

    // The incident by its id: its seconds are those of Azure's clock, and its correlation ids those of Azure's answers.
    const [incident] = await incidentsOf(app);
    const { body } = await app.door({ method: 'GET', path: `/api/incidents/${incident?.id}` }, 200);
    const told = body as ToldIncident;
    const sent = productRequests(app).filter(({ mutating }) => mutating);
    expect(told.timeline.map(({ what }) => what)).toEqual([
      ...['lost', 'detected', 'down', 'decided', 'begun', 'ended', 'begun', 'revalidated', 'serves', 'healthy'],
    ]);
    expect(told.timeline.find(({ what }) => what === 'detected')?.by).toBe('sweep');
    expect(Date.parse(told.lostAt ?? '')).toBe(expiredAt);
    for (const [at, { begunAt, endedAt, correlationIds }] of told.writes.entries()) {
      const request = sent[at];
      const written = Date.parse(request?.at ?? '');
      expect(Date.parse(begunAt)).toBeLessThanOrEqual(written);
      expect(Date.parse(endedAt ?? '')).toBeGreaterThanOrEqual(written);
      expect(correlationIds.length).toBeGreaterThan(0);
    }
    const served = told.timeline.find(({ what }) => what === 'serves');
    expect(Math.abs(Date.parse(served?.at ?? '') - (happenedAt(app, 'orders', 'ready') ?? 0))).toBeLessThan(30_000);
    expect(told.who.says).toEqual(['unknown: no audit source']);
  });
});
