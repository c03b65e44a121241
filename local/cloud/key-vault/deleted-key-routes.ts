import type { Route } from '../service.ts';
import { dataPage } from './data-page.ts';
import type { DataRoute } from './data-route.ts';
import { deletedKey, versionOf } from './find-key.ts';
import { deletion, keyBundle, keyItem, keyUri } from './key-bundle.ts';
import { phase } from './key-life.ts';
import type { KeyVault } from './key-vault.ts';

/** The life of a key after its deletion: delete, read, list, recover, purge. */
export const deletedKeyRoutes = (route: DataRoute, keyVault: KeyVault): Route[] => [
  route('DELETE', '/keys/{key}', 'delete', ({ vault, name }) => {
    const key = keyVault.deleteKey(vault.name, name);
    return { status: 200, body: { ...deletion(vault, key), ...keyBundle(vault, versionOf(key)) } };
  }),
  route('GET', '/deletedkeys', 'list', ({ vault, call, now }) => {
    const keys = [...vault.keys.values()].filter((key) => phase(vault, key, now) === 'deleted');
    const items = keys.map((key) => ({
      ...deletion(vault, key),
      ...keyItem(vault, versionOf(key), keyUri(vault, key.name)),
    }));
    return dataPage(call, items);
  }),
  route('GET', '/deletedkeys/{key}', 'get', ({ vault, name, now }) => {
    const key = deletedKey(vault, name, now);
    return { status: 200, body: { ...deletion(vault, key), ...keyBundle(vault, versionOf(key)) } };
  }),
  route('POST', '/deletedkeys/{key}/recover', 'recover', ({ vault, name }) => ({
    status: 200,
    body: keyBundle(vault, versionOf(keyVault.recoverKey(vault.name, name))),
  })),
  route('DELETE', '/deletedkeys/{key}', 'purge', ({ vault, name }) => {
    keyVault.purgeKey(vault.name, name);
    return { status: 204 };
  }),
];
