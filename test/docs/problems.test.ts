import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROBLEMS } from '../../src/web/problems.ts';

const page = readFileSync(path.join(import.meta.dirname, '../../docs/problems.md'), 'utf8');

describe('docs/problems.md', () => {
  it('tells of every code what it means and what to do, as the product does', () => {
    const told = Object.entries(PROBLEMS).map(
      ([code, { status, title, meaning, fix }]) => `### ${code}\n\n${status}. **${title}.** ${meaning}\n\n${fix}\n`,
    );
    expect(
      page
        .slice(page.indexOf('### '))
        .split(/(?=^### )/m)
        .map((one) => `${one.trimEnd()}\n`),
    ).toEqual(told);
  });
});
