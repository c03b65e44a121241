import { globSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import base from './vitest.config.ts';

/** Suites of which `npm test` runs a sample, on a machine at rest. */
const sampled = globSync('test/**/*.test.ts', { cwd: import.meta.dirname }).filter((file) =>
  /run\/exhaustive\.ts|fixtures\/(world|machines)\.ts/.test(readFileSync(`${import.meta.dirname}/${file}`, 'utf8')),
);

/** What is exhaustive (every journal line, every seed): an hour, so apart from `npm test`. */
export default defineConfig({
  ...base,
  define: { EXHAUSTIVE: 'true' },
  test: {
    ...base.test,
    include: ['test/**/*.exhaustive.test.ts', ...sampled],
    exclude: [],
    setupFiles: [base.test?.setupFiles ?? [], 'test/run/skip-passed.ts'].flat(),
    testTimeout: 3_600_000,
    hookTimeout: 3_600_000,
  },
});
