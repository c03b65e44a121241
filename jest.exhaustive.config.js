import { globSync, readFileSync } from 'node:fs';
import base from './jest.config.js';

/** Suites of which `npm test` runs a sample, on a machine at rest. */
const sampled = globSync('test/**/*.test.ts', { cwd: import.meta.dirname }).filter((file) =>
  /run\/exhaustive\.ts|fixtures\/(world|machines)\.ts/.test(readFileSync(`${import.meta.dirname}/${file}`, 'utf8')),
);

/** What is exhaustive (every journal line, every seed): hours, so apart from `npm test`. */
export default {
  ...base,
  testMatch: ['test/**/*.exhaustive.test.ts', ...sampled].map((file) => `<rootDir>/${file}`),
  testPathIgnorePatterns: ['/node_modules/'],
  globals: { EXHAUSTIVE: true },
  testTimeout: 3_600_000,
};
