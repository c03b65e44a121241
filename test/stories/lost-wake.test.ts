import { describe, expect, it } from '@jest/globals';
import { lostWakes } from './lost-wake-story.ts';

describe('a wake-up', () => {
  it('is not lost, wherever the run stands that finds it: what broke meanwhile is healed without a sweep', async () => {
    const { lost, tried } = await lostWakes();
    expect(lost).toEqual([]);
    expect(tried).toBeGreaterThan(20);
  });
});
