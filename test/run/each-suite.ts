import { afterAll, afterEach } from 'vitest';
import { cleanUpSuite, cleanUpTest } from './clean-up.ts';

// Node passes its own options on to the processes that it forks: with those of Vitest they would load other builds of packages.
process.execArgv.splice(0);

afterEach(cleanUpTest);
afterAll(cleanUpSuite);
