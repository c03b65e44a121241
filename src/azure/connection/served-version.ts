import { toFailure } from '../failure/failure.ts';
import { isVersionRefused } from '../failure/version-refusal.ts';

/** Reads by an api-version that Azure serves. Throws what Azure refuses, of the version that was tried last. */
export type ReadServed = <T>(read: (apiVersion: string) => Promise<T>) => Promise<T>;

const DAY_MS = 86_400_000;

const forget = (): void => undefined;

/**
 * Of two api-versions of a service, the newest that Azure serves. Where it refuses the newest, this process reads by the
 * earlier one and asks for the newest again a day later. While nobody knows, one read asks and the others wait for its answer;
 * where that tells nothing of the version, as a 403 does, they wait for no other. Where the earlier one is refused as well, each
 * read tries both: the first that works is used.
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
