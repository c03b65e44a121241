import { describe, expect, it } from 'vitest';
import { lostWakes } from './lost-wake-story.ts';
import { writesInPauses } from './pause-story.ts';

describe('a run that is interrupted at each of its requests to storage', () => {
  it('by a second fault and a wake-up heals both without a sweep: no wake-up is lost', async () => {
    const { faults, tried } = await lostWakes(1);
    expect(faults).toEqual([]);
    expect(tried).toBeGreaterThan(20);
  });

  it('by a pause sends nothing after it', async () => {
    const { faults, tried } = await writesInPauses(1);
    expect(faults).toEqual([]);
    expect(tried).toBeGreaterThan(20);
  });
});
