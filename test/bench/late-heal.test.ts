import { describe, expect, it } from 'vitest';
import { type LateRound, lateFigure } from '../../bench/heal/late-heal.ts';
import type { Run } from '../../bench/heal/scene.ts';

const run = (ms: number): Run => ({
  ms,
  virtualMs: 70_000,
  requests: [],
  startedAt: '2026-03-02T00:00:00.000Z',
  processor: { worker: 0, host: 0, cloud: 0, others: 0 },
});
const round = (late: number): LateRound => ({
  script: run(1_000),
  atOnce: run(300),
  azureLate: run(1_000),
  late: run(late),
  storageCalls: 70,
  activities: 10,
});

describe('A heal with an Azure that is late', () => {
  it('is compared with the script pair by pair, and holds up to its goal', () => {
    expect(lateFigure([round(1_500), round(1_800), round(9_000)], 1.8).figure).toMatchObject({
      value: 1.8,
      holds: true,
    });
    expect(lateFigure([round(1_900)], 1.8).figure).toMatchObject({ value: 1.9, holds: false });
  });

  it('says how long it waits for Azure, how long for storage, and what is work', () => {
    const { remark } = lateFigure([round(1_500)], 1.8);
    expect(remark).toContain('700 ms waiting for Azure, 500 ms for storage (70 calls), 300 ms work');
  });

  it('says what it would be with the storage of Durable Functions, by bench/prices.json: nine calls of 10 ms an activity', () => {
    expect(lateFigure([round(1_500)], 1.8).remark).toContain('0.9 s for 10 activities');
    expect(lateFigure([round(1_500)], 1.8).remark).toContain('it is 2.40 at most');
  });
});
