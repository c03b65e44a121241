import { afterAll, beforeAll } from '@jest/globals';
import { type Azurite, startAzurite } from '../../local/azurite.ts';
import { openStore, type Store } from '../../src/store/store.ts';

export type StorageUnderTest = {
  connectionString(): string;
  /** A store with tables of its own. `now` is its clock, in milliseconds. */
  newStore(now?: () => number): Store;
  /** Its prefix: for tests that tamper with what it wrote. */
  prefixOf(store: Store): string;
};

/** One Azurite for all tests of a file. */
export const useAzurite = (): StorageUnderTest => {
  let azurite: Azurite | undefined;
  const prefixes = new Map<Store, string>();
  beforeAll(async () => {
    azurite = await startAzurite();
  });
  afterAll(() => azurite?.close());
  const connectionString = () => {
    if (!azurite) throw new Error('Azurite runs only while the tests of the file do.');
    return azurite.connectionString;
  };
  return {
    connectionString,
    newStore: (now) => {
      const tablePrefix = `test${prefixes.size}x`;
      const storage = { kind: 'connectionString', connectionString: connectionString() } as const;
      const store = openStore({ storage, tablePrefix }, now);
      prefixes.set(store, tablePrefix);
      return store;
    },
    prefixOf: (store) => prefixes.get(store) ?? '',
  };
};
