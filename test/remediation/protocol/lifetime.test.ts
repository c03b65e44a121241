import { describe, expect, it } from 'vitest';
import { generationId, type Lifetime, lifeOf } from '../../../src/remediation/protocol/lifetime.ts';

const NOW = new Date('2026-03-02T12:00:00Z');
const ago = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000).toISOString();
const lifeAfter = (status: string, minutes: number, lifetime: Lifetime) =>
  lifeOf({ status, updatedAt: ago(minutes) }, lifetime, NOW);

describe('an instance', () => {
  it.each(['Pending', 'Running', 'Suspended', 'ContinuedAsNew'])(
    'that is %s lives as long as its time, and hangs after it',
    (status) => {
      expect([19, 21].map((minutes) => lifeAfter(status, minutes, 'singleton'))).toEqual(['alive', 'hung']);
      expect([59, 61].map((minutes) => lifeAfter(status, minutes, 'key'))).toEqual(['alive', 'hung']);
    },
  );

  it.each(['Completed', 'Failed', 'Terminated', 'Canceled'])('that is %s has ended, however long ago', (status) => {
    expect([0, 1_000].map((minutes) => lifeAfter(status, minutes, 'key'))).toEqual(['ended', 'ended']);
  });

  it('that was never replaced keeps the id that it always had', () => {
    expect([undefined, 0, 1, 12].map((generation) => generationId('sweepEstate', generation))).toEqual([
      'sweepEstate',
      'sweepEstate',
      'sweepEstate.1',
      'sweepEstate.12',
    ]);
  });
});
