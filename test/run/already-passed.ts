import { readFileSync } from 'node:fs';

type Suite = {
  /** Absolute path. */
  readonly name: string;
  readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
};

/** The part of the output of Vitest's reporter `json` that this file reads. */
export type Results = { readonly testResults: readonly Suite[] };

/**
 * Imports that make a suite run more rows in the exhaustive suite: a file with any other of these choices has more rounds there.
 */
const CHOOSES_ROWS = /import \{ (?:repeated|sampled|repeated, sampled) \} from '[./]*run\/exhaustive\.ts'/;

/** Whether the tests of a suite that `npm test` runs are the same in the exhaustive suite, which only has more of them. */
export const isSameInBoth = (source: string): boolean =>
  CHOOSES_ROWS.test(source) && !/fixtures\/(world|machines)\.ts/.test(source);

export const readResults = (file: string): Results => JSON.parse(readFileSync(file, 'utf8')) as Results;

/** The full names of the tests of a suite (an absolute path) that have passed. */
export const passedIn = ({ testResults }: Results, suite: string): ReadonlySet<string> => {
  const tests = testResults.find(({ name }) => name === suite)?.assertionResults ?? [];
  return new Set(tests.filter(({ status }) => status === 'passed').map(({ fullName }) => fullName));
};

/** How many tests of both runs have passed, and which were skipped though `npm test` has not passed them: those were not tested. */
export const countTests = (test: Results, exhaustive: Results) => {
  const all = [test, exhaustive].flatMap(({ testResults }) => testResults);
  const tests = all.flatMap(({ name, assertionResults }) => assertionResults.map((one) => ({ suite: name, ...one })));
  const passed = tests.filter(({ status }) => status === 'passed');
  const failed = tests.filter(({ status }) => status === 'failed');
  const untested = tests
    .filter(({ status }) => status !== 'passed' && status !== 'failed')
    .filter(({ suite, fullName }) => !passedIn(test, suite).has(fullName))
    .map(({ suite, fullName }) => `${suite}: ${fullName}`);
  return { passed: passed.length, failed: failed.length, untested };
};
