import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { repeated, runs } from '../../run/exhaustive.ts';
import { anyCourse, survives } from './faults-in-any-order-story.ts';

describe('a world that changes while it is repaired', () => {
  it('is healed again when nobody stands in the way', async () => {
    const course = [
      { what: 'the key expires again', afterSeconds: 150 },
      { what: 'the event comes thrice', afterSeconds: 0 },
    ] as const;
    expect(await survives(course)).toBe(true);
  });

  repeated('is left alone, and said so, when somebody does', async () => {
    expect(await survives([{ what: 'somebody pauses the product', afterSeconds: 0 }])).toBe(false);
    expect(await survives([{ what: 'somebody disables the key', afterSeconds: 30 }])).toBe(false);
    expect(await survives([{ what: 'the server may not use the key any more', afterSeconds: 30 }])).toBe(false);
  });

  repeated('ends ready or in the right report, whatever happens in whatever order', async () => {
    const property = fc.asyncProperty(anyCourse, async (course) => void (await survives(course)));
    await fc.assert(property, { seed: 1, numRuns: runs(3), endOnFailure: true });
  });
});
