import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LateRound, lateFigure } from '../../bench/heal/late-heal.ts';
import type { Run } from '../../bench/heal/scene.ts';
import { type Wait, waitedMs } from '../../bench/heal/waits.ts';

const run = (ms: number, kept: readonly Wait[] = []): Run => ({
  ms,
  virtualMs: 70_000,
  requests: kept.map((wait) => ({ kept: wait })) as unknown as Run['requests'],
  startedAt: '2026-03-02T00:00:00.000Z',
  processor: { worker: 0, host: 0, cloud: 0, others: 0 },
});
const round = (ms: number): LateRound => ({
  script: run(1_000),
  product: run(ms, [
    { from: 0, until: 150 },
    { from: 10, until: 160 },
    { from: 500, until: 650 },
  ]),
  storageWaits: [
    { from: 155, until: 165 },
    { from: 300, until: 310 },
  ],
  activities: 10,
});

describe('Waits', () => {
  it('that are side by side count once, in whatever order they are told', () => {
    const wait = fc.record({ from: fc.nat(500), ms: fc.nat(100) });
    fc.assert(
      fc.property(fc.array(wait, { maxLength: 20 }), (some) => {
        const waits = some.map(({ from, ms }) => ({ from, until: from + ms }));
        const busy = Array.from({ length: 600 }, (_, at) => waits.some(({ from, until }) => from <= at && at < until));
        expect(waitedMs(waits)).toBe(busy.filter(Boolean).length);
      }),
    );
  });
});

describe('A heal with an Azure that is late', () => {
  it('is compared with the script pair by pair, and holds up to its goal', () => {
    expect(lateFigure([round(1_500), round(1_800), round(9_000)], 1.8).figure).toMatchObject({
      value: 1.8,
      holds: true,
    });
    expect(lateFigure([round(1_900)], 1.8).figure).toMatchObject({ value: 1.9, holds: false });
  });

  it('says how long it waits for Azure, how long for storage while it waits for nothing of Azure, and what is work', () => {
    const { remark } = lateFigure([round(1_500)], 1.8);
    expect(remark).toContain('310 ms waiting for Azure, 15 ms for storage (2 calls), 1175 ms work');
  });

  it('says what it would be with the storage of Durable Functions, by bench/prices.json: nine calls of 10 ms an activity', () => {
    expect(lateFigure([round(1_500)], 1.8).remark).toContain('0.9 s for 10 activities');
    expect(lateFigure([round(1_500)], 1.8).remark).toContain('it is 2.40 at most');
  });
});
