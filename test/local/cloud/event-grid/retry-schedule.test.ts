import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextAttempt, type Outcome } from '../../../../local/cloud/event-grid/retry-schedule.ts';
import { DAY, MINUTE, SECOND } from '../key-vault/vault-cloud.ts';

const policy = { maxDeliveryAttempts: 30, timeToLiveMinutes: 1440 };
const HOUR = 60 * MINUTE;

const failure: fc.Arbitrary<Outcome> = fc.oneof(
  fc.constantFrom(404, 408, 429, 500, 502, 503).map((status) => ({ status })),
  fc.constantFrom('timeout' as const, 'connection' as const).map((reason) => ({ failure: reason })),
);

/** The waits between the attempts at an endpoint that always fails alike, and how it ends. */
const waits = (outcome: Outcome, given = policy) => {
  const list: number[] = [];
  for (let age = 0; ; age += list.at(-1) ?? 0) {
    const next = nextAttempt(outcome, list.length + 1, age, given);
    if (next.kind !== 'retry') return { list, next };
    list.push(next.after);
  }
};

describe('the retries of a delivery', () => {
  it('follow the published schedule until the event is a day old', () => {
    const { list, next } = waits({ status: 500 });
    expect(list).toEqual([
      10 * SECOND,
      30 * SECOND,
      MINUTE,
      5 * MINUTE,
      10 * MINUTE,
      30 * MINUTE,
      HOUR,
      3 * HOUR,
      6 * HOUR,
      12 * HOUR,
    ]);
    expect(next).toEqual({ kind: 'deadLetter', reason: 'TimeToLiveExceeded' });
  });

  it('never outlive the time to live nor exceed the attempts', () => {
    fc.assert(
      fc.property(
        failure,
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 1440 }),
        (outcome, maxDeliveryAttempts, timeToLiveMinutes) => {
          const { list } = waits(outcome, { maxDeliveryAttempts, timeToLiveMinutes });
          expect(list.length).toBeLessThan(maxDeliveryAttempts);
          expect(list.reduce((sum, wait) => sum + wait, 0)).toBeLessThanOrEqual(timeToLiveMinutes * MINUTE);
        },
      ),
    );
  });

  it('wait longer each time, at most twelve hours, and never less than ten seconds', () => {
    fc.assert(
      fc.property(failure, fc.integer({ min: 1, max: 29 }), (outcome, attempts) => {
        const [now, then] = [attempts, attempts + 1].map((n) => nextAttempt(outcome, n, 0, policy));
        if (now?.kind !== 'retry') throw new Error('a failure that can be retried was given up');
        expect(now.after).toBeGreaterThanOrEqual(10 * SECOND);
        expect(now.after).toBeLessThanOrEqual(DAY / 2);
        if (then?.kind === 'retry') expect(then.after).toBeGreaterThanOrEqual(now.after);
      }),
    );
  });

  it.each([
    [408, 2 * MINUTE],
    [503, 30 * SECOND],
  ])('after %i begin with at least %i ms', (status, least) => {
    expect(nextAttempt({ status }, 1, 0, policy)).toEqual({ kind: 'retry', after: least });
  });

  it.each([400, 401, 403, 413])('do not exist after %i', (status) => {
    expect(nextAttempt({ status }, 1, 0, policy)).toEqual({ kind: 'deadLetter', reason: 'NotRetriable' });
  });

  it.each([200, 201, 202, 203, 204])('end with %i', (status) => {
    expect(nextAttempt({ status }, 1, 0, policy)).toEqual({ kind: 'delivered' });
  });
});
