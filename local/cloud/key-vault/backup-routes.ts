import { z } from 'zod';
import type { Route } from '../service.ts';
import type { DataRoute } from './data-route.ts';
import { versionOf } from './find-key.ts';
import { keyBundle } from './key-bundle.ts';
import type { KeyVault } from './key-vault.ts';
import { parseBody } from './parse-body.ts';

const restoreRequest = z.object({ value: z.base64url() });

/** Backs a key up into a blob and restores it, with all its versions. */
export const backupRoutes = (route: DataRoute, keyVault: KeyVault): Route[] => [
  {
    ...route('POST', '/keys/{key}/backup', 'backup', ({ vault, name }) => ({
      status: 200,
      body: { value: keyVault.backupKey(vault.name, name) },
    })),
    readsOnly: true,
  },
  route('POST', '/keys/restore', 'restore', ({ vault, call }) => {
    const { value } = parseBody(restoreRequest, call.body, 'BadParameter');
    return { status: 200, body: keyBundle(vault, versionOf(keyVault.restoreKey(vault.name, value))) };
  }),
];
