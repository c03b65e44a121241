import type { TestModule } from 'vitest/node';

/**
 * A reporter of Vitest. The configuration allows a `describe` without tests, since the exhaustive suite alone has some stories;
 * then Vitest also passes where a path on the command line names no suite. This reporter refuses such a path.
 */
export const nothingRan = {
  onTestRunEnd: (suites: readonly TestModule[]): void => {
    if (suites.length > 0) return;
    process.stderr.write('No suite has such a path: nothing was tested.\n');
    process.exitCode = 1;
  },
};
