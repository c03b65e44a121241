import { randomBytes } from 'node:crypto';
import { openStore, type Store } from '../../src/store/store.ts';
import { runStorage } from '../run/ground.ts';

export type StorageUnderTest = {
  connectionString(): string;
  /** A store with tables of its own. `now` is its clock, in milliseconds. */
  newStore(now?: () => number): Store;
  /** The prefix of a store: for tests that tamper with its rows. */
  prefixOf(store: Store): string;
};

/** A prefix for the names of tables and containers that is unique in the run's Azurite. */
export const ownPrefix = (): string => `test${randomBytes(8).toString('hex')}`;

/** The run's Azurite, as a test of the store sees it. */
export const useAzurite = (): StorageUnderTest => {
  const prefixes = new Map<Store, string>();
  return {
    connectionString: runStorage,
    newStore: (now) => {
      const tablePrefix = ownPrefix();
      const storage = { kind: 'connectionString', connectionString: runStorage() } as const;
      const store = openStore({ storage, tablePrefix }, now);
      prefixes.set(store, tablePrefix);
      return store;
    },
    prefixOf: (store) => prefixes.get(store) ?? '',
  };
};
