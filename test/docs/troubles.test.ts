import { describe, expect, it } from 'vitest';
import { citationsIn, deadLinks, missingTests, readDocument } from '../builders/citations.ts';

const TROUBLES = 'docs/troubles.md';

const rows = readDocument(TROUBLES)
  .split('\n')
  .filter((line) => /^\| (?!#)/.test(line));

describe('the table of troubles', () => {
  it('names only tests that there are, and leads to files that there are', () => {
    expect(missingTests(readDocument(TROUBLES))).toEqual([]);
    expect(deadLinks(TROUBLES)).toEqual([]);
  });

  it('has a test for every line, or says that it is a limit', () => {
    expect(rows.filter((row) => citationsIn(row).length === 0 && !/\| Limit:/.test(row))).toEqual([]);
  });

  it('has lines of four cells, numbered one after another', () => {
    expect(rows.map((row) => row.split(/(?<!\\)\|/).length)).toEqual(rows.map(() => 6));
    expect(rows.map((row) => Number(row.split('|')[1]))).toEqual(rows.map((_, n) => n + 1));
  });
});
