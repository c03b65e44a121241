import { describe, expect, it } from 'vitest';
import { citationsIn, deadLinks, missingTests, readDocument } from '../builders/citations.ts';

const MODEL = 'docs/security/threat-model.md';
/** The other pages for a reviewer, which cite tests as well. */
const PAGES = ['docs/security/data.md', 'docs/security/release.md'];
const DOCUMENTS = [MODEL, ...PAGES, 'SECURITY.md'];

/** The attackers that the threat model covers, as the headings name them. */
const ACTORS = [
  'The sender of events',
  'Whoever reaches the app',
  'The holder of a function key',
  'The requester',
  'The approver',
  'A contributor of another resource group in scope',
  'Whoever may move subscriptions, or make management groups',
  'The owner of one vault',
  'The writer of the product’s storage',
  'The holder of the product’s identity',
  'Whoever controls the network',
  'Whoever is after a person who uses the page',
  'Whoever receives messages, or has names in them',
  'Whoever answers the command line, or hands on what it has written',
];

describe('the threat model', () => {
  it('names only tests that there are', () => {
    expect(citationsIn(readDocument(MODEL)).length).toBeGreaterThan(30);
    expect(missingTests(readDocument(MODEL))).toEqual([]);
  });

  it.each(PAGES)('has beside it a page that names only tests that there are: %s', (page) => {
    expect(citationsIn(readDocument(page)).length).toBeGreaterThan(3);
    expect(missingTests(readDocument(page))).toEqual([]);
  });

  it('has a heading for every actor, and below it a table in which every line has a test or is said to be a limit', () => {
    const sections = readDocument(MODEL).split(/^## /m);
    for (const actor of ACTORS) {
      const section = sections.find((one) => one.startsWith(`${actor}\n`)) ?? '';
      const rows = section.split('\n').filter((line) => /^\| (?!What |--)/.test(line));
      expect([actor, rows.length > 3]).toEqual([actor, true]);
      expect(rows.filter((row) => citationsIn(row).length === 0 && !/\| Limit:/.test(row))).toEqual([]);
    }
  });

  it.each(DOCUMENTS)('leads to files that there are (%s)', (file) => {
    expect(readDocument(file)).toMatch(/\]\((?!https?:)/);
    expect(deadLinks(file)).toEqual([]);
  });

  it('would miss a test that is called otherwise, and one that is gone', () => {
    const here = 'test/docs/threat-model.test.ts';
    expect(missingTests(`\`${here} › the threat model names only tests that there are\``)).toEqual([]);
    expect(missingTests(`\`${here} › the threat model names tests\``)).toHaveLength(1);
    expect(missingTests('`test/docs/gone.test.ts › the threat model`')).toHaveLength(1);
  });
});
