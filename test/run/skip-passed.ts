/**
 * For the exhaustive suite: skips tests that `npm test` has passed before in the same run, where ALREADY_PASSED names its results
 * (TEST_RESULTS). The caller that sets it counts a skipped test as tested only where those results have it as passed (`.ci/run`).
 */
import { readFileSync } from 'node:fs';
import { beforeEach } from 'vitest';
import { isSameInBoth, passedIn, readResults } from './already-passed.ts';

const resultsFile = process.env['ALREADY_PASSED'];
const results = resultsFile === undefined ? { testResults: [] } : readResults(resultsFile);

const passedBySuite = new Map<string, ReadonlySet<string>>();

const passedOf = (suite: string): ReadonlySet<string> => {
  const known = passedBySuite.get(suite);
  if (known) return known;
  const passed = isSameInBoth(readFileSync(suite, 'utf8')) ? passedIn(results, suite) : new Set<string>();
  passedBySuite.set(suite, passed);
  return passed;
};

type Named = { readonly name: string; readonly suite?: Named | undefined };

/** The name in the results: the titles from the outermost on, with a space between them. */
const fullName = ({ name, suite }: Named): string => (suite === undefined ? name : `${fullName(suite)} ${name}`);

beforeEach(({ skip, task }) => skip(passedOf(task.file.filepath).has(fullName(task)), 'npm test has passed it'));
