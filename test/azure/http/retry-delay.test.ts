import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { retryAfterMs, retryDelay } from '../../../src/azure/http/retry-delay.ts';

const NOW = Date.parse('2026-11-22T00:00:00Z');
const headers = (values: Record<string, string>) => (name: string) => values[name];
const waits = (status: number, values: Record<string, string> = {}, retries = 0) =>
  retryDelay({ retries, status, header: headers(values) }, NOW);

describe('a read that failed', () => {
  it('is repeated after the wait that Azure asks for', () => {
    expect(waits(429, { 'retry-after': '7' })).toBe(7_000);
    expect(waits(503, { 'x-ms-retry-after-ms': '250' })).toBe(250);
    expect(waits(429, { 'retry-after': 'Sun, 22 Nov 2026 00:00:20 GMT' })).toBe(20_000);
  });

  it('is repeated when the quota of Resource Graph begins anew, which names no Retry-After', () => {
    expect(waits(429, { 'x-ms-user-quota-resets-after': '00:00:05' })).toBe(5_000);
    expect(waits(429, { 'x-ms-user-quota-resets-after': '00:00:00' })).toBe(1_000);
  });

  it('is repeated with growing waits where Azure asks for none, a 429 too', () => {
    expect([0, 1, 2].map((retries) => waits(429, {}, retries))).toEqual([1_000, 2_000, 4_000]);
  });

  it('is left to the orchestration when Azure asks for more than half a minute', () => {
    expect(waits(429, { 'retry-after': '31' })).toBeUndefined();
  });

  it.each([200, 400, 401, 403, 404, 409, 501, 505])('is not repeated after %i', (status) => {
    expect(waits(status)).toBeUndefined();
  });

  it('is repeated when the connection broke, not when the name does not resolve', () => {
    expect(retryDelay({ retries: 0, errorCode: 'ECONNRESET' }, NOW)).toBe(1_000);
    expect(retryDelay({ retries: 0, errorCode: 'ETIMEDOUT' }, NOW)).toBe(1_000);
    expect(retryDelay({ retries: 0, errorCode: 'ENOTFOUND' }, NOW)).toBeUndefined();
  });

  it('never waits longer than half a minute, nor a negative time', () => {
    fc.assert(
      fc.property(fc.nat(10), fc.integer({ min: 100, max: 599 }), fc.string(), (retries, status, value) => {
        const wait = waits(status, { 'retry-after': value }, retries) ?? 0;
        expect(wait).toBeGreaterThanOrEqual(0);
        expect(wait).toBeLessThanOrEqual(30_000);
      }),
    );
  });

  it('has no wait to read where the header is missing or nonsense', () => {
    expect(retryAfterMs(headers({}), NOW)).toBeUndefined();
    expect(retryAfterMs(headers({ 'retry-after': 'soon' }), NOW)).toBeUndefined();
  });
});
