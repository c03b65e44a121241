/** `node test/run/count-tests.ts TEST EXHAUSTIVE`: adds up two results files of Vitest; fails where a test was skipped in both. */
import { countTests, readResults } from './already-passed.ts';

const [test = '', exhaustive = ''] = process.argv.slice(2);
const { passed, failed, untested } = countTests(readResults(test), readResults(exhaustive));
for (const one of untested) console.log(`skipped: ${one}`);
console.log(`${passed} passed, ${failed} failed, ${untested.length} skipped`);
process.exitCode = untested.length === 0 ? 0 : 1;
