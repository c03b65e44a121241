import base from './jest.config.js';

/** Stories in a real browser: they need Chromium, so apart from `npm test`. One after the other, since each has a browser. */
export default {
  ...base,
  testMatch: ['<rootDir>/test/browser/**/*.browser.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  // Its windows close before the app that they show: what is registered first is called first.
  setupFilesAfterEnv: ['<rootDir>/test/browser/open-page.ts'],
  testTimeout: 120_000,
  maxWorkers: 1,
};
