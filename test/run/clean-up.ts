/**
 * The open resources of builders, and the functions that close them. The suites of a worker share one graph of modules, so a hook
 * that a builder registers while it is imported would run for the first suite alone. So builders register closing functions here;
 * each-suite.ts, which Vitest runs before every suite, registers the hook anew.
 */
type Close = () => void | Promise<void>;

const afterTests: Close[] = [];
const afterSuites: Close[] = [];

/** Called after every test of every suite, whether it uses the builder or not. */
export const cleanUpAfterEach = (close: Close): void => void afterTests.push(close);

/** Called after the last test of every suite. */
export const cleanUpAfterAll = (close: Close): void => void afterSuites.push(close);

/**
 * Calls each closing function, the last registered first: a builder registers after the builders that it imports, and its
 * resources depend on theirs. In the other order, the page in a browser would send to an app that has ended. Throws the first
 * error; an error keeps no other function from closing.
 */
export const closeAll = async (closes: readonly Close[]): Promise<void> => {
  const errors: unknown[] = [];
  for (const close of closes.toReversed()) {
    try {
      await close();
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors[0];
};

export const cleanUpTest = (): Promise<void> => closeAll(afterTests);
export const cleanUpSuite = (): Promise<void> => closeAll(afterSuites);
