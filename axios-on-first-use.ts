import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

const CLIENT = /[\\/]durable-functions[\\/]lib[\\/]src[\\/]durableClient[\\/]DurableClient\.js$/;
const AT_ONCE = 'const axios_1 = require("axios");';
const ON_FIRST_USE = 'const axios_1 = { get default() { return require("axios").default; } };';

/**
 * Lets the client of Durable Functions load axios when the first client is made, no longer when the app starts. Axios and what it
 * loads, Node's own fetch among it, are a third of a start, and a worker that was woken for an activity never needs them.
 * @throws where durable-functions no longer loads axios as this expects: the build fails, nobody ships a slow start unawares.
 */
export const axiosOnFirstUse: Plugin = {
  name: 'axios-on-first-use',
  setup: (build) => {
    build.onLoad({ filter: CLIENT }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      if (!source.includes(AT_ONCE)) throw new Error(`${path} no longer holds '${AT_ONCE}'; see axios-on-first-use.ts`);
      return { contents: source.replace(AT_ONCE, ON_FIRST_USE), loader: 'js' };
    });
  },
};
