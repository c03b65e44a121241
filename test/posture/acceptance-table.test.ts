import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SCENARIOS } from '../acceptance/scenarios.ts';
import { ACCEPTANCE } from './acceptance.ts';
import { acceptanceTable } from './acceptance-table.ts';

describe('docs/acceptance.md', () => {
  it('lists every row as the code has it', () => {
    const text = readFileSync(new URL('../../docs/acceptance.md', import.meta.url), 'utf8');
    const [, table] = /<!-- rows -->\n([\s\S]*?)\n<!-- \/rows -->/.exec(text) ?? [];
    expect(table).toBe(acceptanceTable());
  });

  it('has a before/after run for every row of level AUTO and APPR, and none for a row that there is not', () => {
    const shown = new Set(SCENARIOS.flatMap(({ rows }) => rows));
    const needed = [...ACCEPTANCE.AUTO, ...ACCEPTANCE.APPR];
    expect(needed.filter((id) => !shown.has(id))).toEqual([]);
    expect([...shown].filter((id) => !needed.includes(id))).toEqual([]);
  });
});
