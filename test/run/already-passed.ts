import { readFileSync } from 'node:fs';

type Suite = {
  /** Absolute path. */
  readonly name: string;
  readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
};

/** The part of the output of Vitest's reporter `json` that this file reads. */
export type Results = { readonly testResults: readonly Suite[] };

/**
 * The imports that only add rows to a suite in the exhaustive run. A suite that imports another choice, such as the number of
 * rounds of its properties, also runs its common tests in another way there.
 */
const CHOOSES_ROWS = /import \{ (?:repeated|sampled|repeated, sampled) \} from '[./]*run\/exhaustive\.ts'/;

/** Whether the tests of a suite in `npm test` are the same in the exhaustive suite, which only has more of them. */
export const isSameInBoth = (source: string): boolean =>
  CHOOSES_ROWS.test(source) && !/fixtures\/(world|machines)\.ts/.test(source);

export const readResults = (file: string): Results => JSON.parse(readFileSync(file, 'utf8')) as Results;

/** The full names of the tests of a suite (an absolute path) that have passed. */
export const passedIn = ({ testResults }: Results, suite: string): ReadonlySet<string> => {
  const tests = testResults.find(({ name }) => name === suite)?.assertionResults ?? [];
  return new Set(tests.filter(({ status }) => status === 'passed').map(({ fullName }) => fullName));
};

/**
 * The number of tests that passed in both runs, and the tests that were skipped although `npm test` has not passed them: those
 * were not tested.
 */
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
