import { describe, expect, it } from 'vitest';
import { createScreen } from '../../../local/demo/screen.ts';
import { createTimeline } from '../../../local/demo/timeline.ts';
import { rowAt } from './rows.ts';

const told = (columns: number, text: string): readonly string[] => {
  const lines: string[] = [];
  const timeline = createTimeline(
    createScreen(
      (line) => lines.push(line),
      (_, words) => words,
      columns,
    ),
  );
  timeline.heading();
  timeline.tell({ ...rowAt(0, 'lost'), text });
  return lines;
};

const REFUSED =
  'orders could not use its key (AzureKeyVaultInvalidExpirationDate). Azure locks its users out within ten minutes.';

describe('the timeline', () => {
  it.each([60, 80])('keeps every word of Azure’s whole, and every line on the screen, at %i columns', (columns) => {
    const lines = told(columns, REFUSED);
    expect(lines.filter((line) => line.length >= columns)).toEqual([]);
    expect(
      lines
        .slice(2)
        .map((line) => line.trim())
        .join(' '),
    ).toBe(REFUSED);
    expect(lines.some((line) => line.includes('(AzureKeyVaultInvalidExpirationDate).'))).toBe(true);
  });

  it('tells beside its row where there is room', () => {
    expect(told(120, REFUSED)[1]).toMatch(/^ {2}12:00:00 .* lost {10}orders could not use its key/);
  });

  it('names the day where another one has begun', () => {
    const lines: string[] = [];
    const timeline = createTimeline(
      createScreen(
        (line) => lines.push(line),
        (_, words) => words,
        120,
      ),
    );
    for (const seconds of [0, 60, 86_400]) timeline.tell(rowAt(seconds, 'lost'));
    expect(lines.filter((line) => /^ {2}\d{4}-/.test(line))).toEqual(['  2026-01-02']);
  });
});

describe('a list of names and meanings', () => {
  it.each([60, 80])('has the meaning below its name where a word of it would break, at %i columns', (columns) => {
    const lines: string[] = [];
    const screen = createScreen(
      (line) => lines.push(line),
      (_, words) => words,
      columns,
    );
    screen.list([['environment', `${'x'.repeat(columns - 8)} and more`]]);
    expect(lines).toEqual(['  environment', `    ${'x'.repeat(columns - 8)}`, '    and more']);
  });
});
