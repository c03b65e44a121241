import { defineConfig } from 'vitest/config';
import { nothingRan } from './test/run/nothing-ran.ts';
import { slowest } from './test/run/slowest.ts';

/** Where somebody wants the results as a file (JSON), beside what is printed. */
const resultsFile = process.env['TEST_RESULTS'];
const results: ['json', { outputFile: string }][] =
  resultsFile === undefined ? [] : [['json', { outputFile: resultsFile }]];

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/**/*.exhaustive.test.ts'],
    globalSetup: ['test/run/set-up.ts'],
    setupFiles: ['test/run/each-suite.ts'],
    reporters: ['default', slowest, nothingRan, ...results],
    // A `describe` whose stories the exhaustive suite alone tells is empty here; nothing-ran.ts refuses a run of no suite.
    passWithNoTests: true,
    // Suites of a worker share what they import: loading it for each of five hundred was a third of what the workers had to do.
    pool: 'forks',
    isolate: false,
    maxWorkers: 2,
    // What builders have opened is closed before the suite's own hooks run.
    sequence: { hooks: 'list' },
    // A watchdog, and no limit that a busy machine meets.
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
