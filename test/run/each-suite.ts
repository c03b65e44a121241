import { afterAll, afterEach } from 'vitest';
import { cleanUpSuite, cleanUpTest } from './clean-up.ts';

// Node hands its own options on to the processes that it forks: those of Vitest would have them load other builds of packages.
process.execArgv.splice(0);

afterEach(cleanUpTest);
afterAll(cleanUpSuite);
