import base from './jest.config.js';

/** What is exhaustive (every journal line, every seed), and the clock on a busy machine: so apart from `npm test`. */
export default {
  ...base,
  testMatch: ['<rootDir>/test/**/*.exhaustive.test.ts', '<rootDir>/test/local/clock/**/*.test.ts'],
  globals: { UNDER_LOAD: true },
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 3_600_000,
};
