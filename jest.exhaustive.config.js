import base from './jest.config.js';

/** What is exhaustive (every journal line, every seed): minutes, so apart from `npm test`. */
export default {
  ...base,
  testMatch: ['<rootDir>/test/**/*.exhaustive.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 900_000,
};
