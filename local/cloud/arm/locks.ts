import { normalScope, within } from './scope.ts';

export type LockLevel = 'CanNotDelete' | 'ReadOnly';

/** A management lock at a scope: a subscription, a resource group or a resource. */
export type Lock = { scope: string; name: string; level: LockLevel; notes?: string | undefined };

/** Management locks (Microsoft.Authorization/locks). They bind every caller, whatever roles the caller has. */
export type Locks = {
  /** Makes the lock of that name at that scope, or changes it. */
  put(lock: Lock): Lock;
  get(scope: string, name: string): Lock | undefined;
  remove(scope: string, name: string): boolean;
  /** Deletes the locks of a deleted resource: the locks at its scope and below. */
  dropScope(scope: string): void;
  all(): Lock[];
};

const keyOf = (scope: string, name: string) => `${normalScope(scope)} ${name.toLowerCase()}`;

/** The locks of a world, of which there is none at first. */
export const createLocks = (): Locks => {
  const locks = new Map<string, Lock>();
  return {
    put: (lock) => {
      locks.set(keyOf(lock.scope, lock.name), lock);
      return lock;
    },
    get: (scope, name) => locks.get(keyOf(scope, name)),
    remove: (scope, name) => locks.delete(keyOf(scope, name)),
    dropScope: (scope) => {
      for (const [key, lock] of locks) if (within(normalScope(lock.scope), normalScope(scope))) locks.delete(key);
    },
    all: () => [...locks.values()],
  };
};
