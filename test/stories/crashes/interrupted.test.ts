import { describe, expect, it } from 'vitest';
import { repeated } from '../../run/exhaustive.ts';
import { lostWakes } from './lost-wake-story.ts';
import { writesInPauses } from './pause-story.ts';

/** Of the requests of a run; interrupted.exhaustive.test.ts has them all. */
const EVERY = 20;

describe('a run that is interrupted', () => {
  it('by a second fault and a wake-up heals both without a sweep: no wake-up is lost', async () => {
    const { faults, tried } = await lostWakes(EVERY);
    expect(faults).toEqual([]);
    expect(tried).toBeGreaterThan(20 / EVERY);
  });

  repeated('by a pause sends nothing after it', async () => {
    const { faults, tried } = await writesInPauses(EVERY);
    expect(faults).toEqual([]);
    expect(tried).toBeGreaterThan(20 / EVERY);
  });
});
