/**
 * What builders leave open, and how it is closed. The suites of a worker share one graph of modules, so a hook that a builder
 * registers while it is imported would be called for the first suite alone. Builders say here what is to be closed;
 * each-suite.ts, which Vitest runs before every suite, registers it anew.
 */
type Close = () => void | Promise<void>;

const afterTests: Close[] = [];
const afterSuites: Close[] = [];

/** Called after every test of every suite, whether it uses the builder or not. */
export const cleanUpAfterEach = (close: Close): void => void afterTests.push(close);

/** Called after the last test of every suite. */
export const cleanUpAfterAll = (close: Close): void => void afterSuites.push(close);

/**
 * Calls each of them, the last that was registered first: a builder registers after those that it imports, and what it opens
 * stands on what they opened. Closed the other way, the page in a browser would ask an app that has ended. Throws what the
 * first threw that failed: one that fails keeps no other from closing.
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
