import { describe, expect, it } from 'vitest';
import { isOfFormerShape, RECORDED_SHAPE, recordedAnew } from '../../../src/loop/memory/recorded-shape.ts';

describe('The shape in which a key was recorded', () => {
  it('is a former one where the product has changed it since', () => {
    expect(isOfFormerShape({ shape: 2 }, 3)).toBe(true);
    expect(isOfFormerShape({ shape: 3 }, 3)).toBe(false);
    expect(isOfFormerShape({ shape: RECORDED_SHAPE })).toBe(false);
  });

  it('is the first where it has no number, and none where the key was never recorded', () => {
    expect(isOfFormerShape({}, 2)).toBe(true);
    expect(isOfFormerShape({}, 1)).toBe(false);
    expect(isOfFormerShape(undefined, 2)).toBe(false);
  });

  it('is told of by a sweep as long as there are keys of a former one, with how many are left', () => {
    expect(recordedAnew(500, 8_200)).toContain('500 now, 8200 left to later sweeps');
    expect(recordedAnew(0, 0)).toBeUndefined();
  });
});
