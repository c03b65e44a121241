import path from 'node:path';

/** The shared resources of all tests of a run, in a temporary folder of the run; workers and their children inherit the names. */
const FOLDER = 'TEST_RUN_FOLDER';
const STORAGE = 'TEST_RUN_STORAGE';

export const PACKAGE_FILE = 'released-package.zip';

/** `storage`: absent where no suite of the run uses it. */
export type Ground = { readonly folder: string; readonly storage?: string };

/** Passes the place on to every process that is started from now on. */
export const layGround = ({ folder, storage }: Ground): void => {
  Object.assign(process.env, {
    [FOLDER]: folder,
    ...(storage !== undefined && { [STORAGE]: storage }),
    BUILT_APP: path.join(folder, 'app'),
    LOCAL_CLOUD_KEYS: path.join(folder, 'keys'),
  });
};

const named = (name: string): string => {
  const value = process.env[name];
  if (value === undefined)
    throw new Error(
      `${name} is not set: tests are run by Vitest, with the project's configuration, and test/run/needs.ts finds what they use`,
    );
  return value;
};

/** Connection string of the one Azurite of this run. Each user takes a name of its own for tables and containers. */
export const runStorage = (): string => named(STORAGE);

/** A program of the tests, bundled: one file loads in a fifth of the time of its thousand. */
export const bundled = (program: string): string => path.join(named(FOLDER), `${program}.js`);

/** The zip that is deployed. */
export const packageFile = (): string => path.join(named(FOLDER), PACKAGE_FILE);

/** Folder of the app with which the host is tested. */
export const sampleApp = (): string => path.join(named(FOLDER), 'sample-app');
