import path from 'node:path';

type Suite = { readonly testFilePath: string; readonly perfStats: { readonly start: number; readonly end: number } };

const MOST = 10;

/** Lines for people: the suites that took longest, seconds first. */
export const slowestOf = (suites: readonly Suite[], root: string): readonly string[] => {
  const timed = suites.map(({ testFilePath, perfStats: { start, end } }) => ({ testFilePath, ms: end - start }));
  return timed
    .toSorted((a, b) => b.ms - a.ms)
    .slice(0, MOST)
    .map(({ testFilePath, ms }) => `${(ms / 1_000).toFixed(1).padStart(7)} s  ${path.relative(root, testFilePath)}`);
};

/** A reporter of Jest, which calls it with `new`. */
export default function Slowest({ rootDir }: { readonly rootDir: string }) {
  return {
    onRunComplete: (_: unknown, { testResults }: { readonly testResults: readonly Suite[] }): void => {
      if (testResults.length <= MOST) return;
      process.stderr.write(`\nThe slowest of ${testResults.length} suites:\n`);
      for (const line of slowestOf(testResults, rootDir)) process.stderr.write(`${line}\n`);
    },
  };
}
