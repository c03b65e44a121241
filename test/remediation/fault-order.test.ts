import { describe, expect, it } from 'vitest';
import { RULES } from '../../src/remediation/diagnosis/rules.ts';
import { FAULTS } from '../../src/remediation/model/faults.ts';
import { REMEDIES } from '../../src/remediation/plan/remedies.ts';

describe('The faults', () => {
  const order = Object.keys(FAULTS);

  it('are looked for in the order in which they stand, as a rule sees only what was found before it', () => {
    expect(Object.keys(RULES)).toEqual(order);
  });

  it('have their remedies in the same order', () => {
    expect(Object.keys(REMEDIES)).toEqual(order);
  });
});
