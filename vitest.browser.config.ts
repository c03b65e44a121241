import { defineConfig } from 'vitest/config';
import base from './vitest.config.ts';

/** Stories in a real browser: they need Chromium, so apart from `npm test`. One after the other, since each has a browser. */
export default defineConfig({
  ...base,
  test: { ...base.test, include: ['test/browser/**/*.browser.ts'], exclude: [], maxWorkers: 1 },
});
