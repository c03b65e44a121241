import { afterAll, afterEach } from 'vitest';
import { cleanUpSuite, cleanUpTest } from './clean-up.ts';

afterEach(cleanUpTest);
afterAll(cleanUpSuite);
