import { AzureError } from '../arm/error.ts';
import type { Key, KeyVersion } from './key.ts';
import { phase } from './key-life.ts';
import type { Vault } from './vault.ts';

const notFound = (id: string) =>
  new AzureError(
    404,
    'KeyNotFound',
    `A key with (name/id) ${id} was not found in this key vault. If you recently deleted this key you may be able to recover it ` +
      'using the correct recovery command. For help resolving this issue, please see https://go.microsoft.com/fwlink/?linkid=2125182',
  );

const conflict = (inner: string, message: string) => new AzureError(409, 'Conflict', message, { inner });

const beingRecovered = (name: string) =>
  conflict('ObjectIsBeingRecovered', `Key ${name} is currently being recovered. Retry after some time.`);

const beingDeleted = (name: string) =>
  conflict('ObjectIsBeingDeleted', `Key ${name} is currently being deleted. Retry after some time.`);

/** The key of that name in any phase; a key whose retention has ended is gone. */
export const storedKey = (vault: Vault, name: string, now: number): Key | undefined => {
  const key = vault.keys.get(name.toLowerCase());
  return key && phase(vault, key, now) !== 'purged' ? key : undefined;
};

/** The key that can be read, or 404 KeyNotFound: deleted keys and those still being recovered are not shown. */
export const activeKey = (vault: Vault, name: string, now: number): Key => {
  const key = storedKey(vault, name, now);
  if (!key || phase(vault, key, now) !== 'active') throw notFound(name);
  return key;
};

/** The key that can be changed: like `activeKey`, but a recovery in progress is 409 ObjectIsBeingRecovered. */
export const writableKey = (vault: Vault, name: string, now: number): Key => {
  const key = storedKey(vault, name, now);
  if (key && phase(vault, key, now) === 'recovering') throw beingRecovered(name);
  return activeKey(vault, name, now);
};

/** The deleted key, or 404; it is not shown while its deletion is still in progress. */
export const deletedKey = (vault: Vault, name: string, now: number): Key => {
  const key = storedKey(vault, name, now);
  if (!key || phase(vault, key, now) !== 'deleted') throw notFound(name);
  return key;
};

/** Refuses a name that a deleted key, or one in transition, still holds. */
export const checkNameIsFree = (vault: Vault, name: string, now: number): void => {
  const key = storedKey(vault, name, now);
  const where = key && phase(vault, key, now);
  if (where === 'recovering') throw beingRecovered(name);
  if (where === 'deleting') throw beingDeleted(name);
  if (where === 'deleted')
    throw conflict(
      'ObjectIsDeletedButRecoverable',
      `Key ${name} is currently in a deleted but recoverable state, and its name cannot be reused; ` +
        'in this state, the key can only be recovered or purged.',
    );
};

/** Refuses operations on a deleted key while its deletion or recovery is in progress. */
export const checkSettled = (vault: Vault, name: string, now: number): void => {
  const key = storedKey(vault, name, now);
  const where = key && phase(vault, key, now);
  if (where === 'recovering') throw beingRecovered(name);
  if (where === 'deleting') throw beingDeleted(name);
};

/** One version, or the current one when none is named. */
export const versionOf = (key: Key, version?: string): KeyVersion => {
  const found = version
    ? key.versions.find((one) => one.version.toLowerCase() === version.toLowerCase())
    : key.versions.at(-1);
  if (!found) throw notFound(`${key.name}/${version ?? ''}`);
  return found;
};
