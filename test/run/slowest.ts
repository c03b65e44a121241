import path from 'node:path';
import type { TestModule } from 'vitest/node';

/** A suite by its absolute file, and how long its tests and hooks took, in ms. */
type Suite = { readonly file: string; readonly ms: number };

const MOST = 10;

/** Lines for people: the suites that took longest, seconds first. */
export const slowestOf = (suites: readonly Suite[], root: string): readonly string[] =>
  suites
    .toSorted((a, b) => b.ms - a.ms)
    .slice(0, MOST)
    .map(({ file, ms }) => `${(ms / 1_000).toFixed(1).padStart(7)} s  ${path.relative(root, file)}`);

const suiteOf = (suite: TestModule): Suite => ({
  file: suite.moduleId,
  ms: suite.diagnostic().duration + suite.diagnostic().collectDuration,
});

/** A reporter of Vitest. */
export const slowest = {
  onTestRunEnd: (suites: readonly TestModule[]): void => {
    if (suites.length <= MOST) return;
    process.stderr.write(`\nThe slowest of ${suites.length} suites:\n`);
    for (const line of slowestOf(suites.map(suiteOf), path.join(import.meta.dirname, '../..')))
      process.stderr.write(`${line}\n`);
  },
};
