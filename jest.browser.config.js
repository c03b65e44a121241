import base from './jest.config.js';

/** Stories in a real browser: they need Chromium, so apart from `npm test`. One after the other, since each has a browser. */
export default {
  ...base,
  testMatch: ['<rootDir>/test/browser/**/*.browser.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 120_000,
  maxWorkers: 1,
};
