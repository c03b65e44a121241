import { describe, expect, it } from 'vitest';
import { SMALLEST_HEAL, SMALLEST_HISTORY, SMALLEST_LOOK } from '../../bench/heal/smallest-heal.ts';
import { STEP_KINDS } from '../../src/remediation/steps/steps.ts';
import { ACTIVITIES } from '../../src/surface.ts';

describe('the smallest heal', () => {
  it('looks at the path, and then again at all that each write touches right before it is sent', () => {
    const looked = SMALLEST_LOOK.length;
    expect(SMALLEST_HEAL.slice(0, looked)).toEqual(SMALLEST_LOOK);
    expect(SMALLEST_HEAL.slice(looked, looked + 8).map(({ what }) => what)).toEqual([
      'GET vault',
      'GET pinned key version',
      'PATCH pinned key version',
      'GET server',
      'GET keys of the server',
      'GET vault',
      'GET pinned key version',
      'PUT key of the server',
    ]);
  });

  it('consists of activities, steps and timers that there are', () => {
    const known = new Set<string>([...ACTIVITIES, ...STEP_KINDS, 'timer']);
    expect(SMALLEST_HISTORY.filter(({ what }) => !known.has(what.split('/')[1] ?? ''))).toEqual([]);
  });
});
