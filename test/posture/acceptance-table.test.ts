import { describe, expect, it } from 'vitest';
import { SCENARIOS } from '../acceptance/scenarios.ts';
import { ACCEPTANCE } from './acceptance.ts';

describe('The rows of docs/acceptance.md', () => {
  it('have a before/after run each where their level is AUTO or APPR, and there is none for a row that there is not', () => {
    const shown = new Set(SCENARIOS.flatMap(({ rows }) => rows));
    const needed = [...ACCEPTANCE.AUTO, ...ACCEPTANCE.APPR];
    expect(needed.filter((id) => !shown.has(id))).toEqual([]);
    expect([...shown].filter((id) => !needed.includes(id))).toEqual([]);
  });
});
