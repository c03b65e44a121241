import { toFailure } from '../failure/failure.ts';
import { isVersionRefused } from '../failure/version-refusal.ts';

/** Reads with an api-version that Azure serves. Throws Azure's refusal of the version that was tried last. */
export type ReadServed = <T>(read: (apiVersion: string) => Promise<T>) => Promise<T>;

const DAY_MS = 86_400_000;

const forget = (): void => undefined;

/**
 * Chooses, from two api-versions of a service, the newest that Azure serves. Where Azure refuses the newest, this
 * process reads with the earlier one, and tries the newest again a day later. While this is unknown, one read tries and
 * the others wait for its answer; if that answer says nothing about the version, for example a 403, they wait no
 * longer. Where the earlier version is refused as well, each read tries both, and the first that works is used.
 */
export const openServedVersion = ([newest, earlier]: readonly [string, string]): ReadServed => {
  let newestIs: 'served' | { readonly refusedAt: number } | undefined;
  let asking: Promise<unknown> | undefined;
  const learn = (what: typeof newestIs): void => {
    newestIs = what;
    asking = undefined;
  };
  const isRefused = (): boolean => typeof newestIs === 'object' && Date.now() - newestIs.refusedAt < DAY_MS;
  const readBy = async <T>(version: string, read: (apiVersion: string) => Promise<T>): Promise<T> => {
    try {
      const value = await read(version);
      if (version === newest) learn('served');
      return value;
    } catch (error) {
      if (version === newest && isVersionRefused(toFailure(error))) learn({ refusedAt: Date.now() });
      throw error;
    }
  };
  const readByEither: ReadServed = (read) => {
    const [first, second] = isRefused() ? [earlier, newest] : [newest, earlier];
    return readBy(first, read).catch((error: unknown) => {
      if (isVersionRefused(toFailure(error))) return readBy(second, read);
      throw error;
    });
  };
  return async (read) => {
    if (newestIs === 'served' || isRefused()) return readByEither(read);
    if (asking !== undefined) {
      await asking;
      return readByEither(read);
    }
    const asked = readByEither(read);
    asking = asked.then(forget, forget);
    return asked;
  };
};
