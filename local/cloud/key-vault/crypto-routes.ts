import type { Route } from '../service.ts';
import type { DataRoute } from './data-route.ts';
import { activeKey, versionOf } from './find-key.ts';
import { runCrypto } from './key-crypto.ts';
import { cryptoRequest } from './key-request.ts';
import type { CryptoOperation } from './key-window.ts';
import { parseBody } from './parse-body.ts';

const OPERATIONS: CryptoOperation[] = ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey'];

/** The operations with a key: on the version in the path, else on the current version. */
export const cryptoRoutes = (route: DataRoute): Route[] =>
  OPERATIONS.flatMap((operation) =>
    ['/keys/{key}/{version}', '/keys/{key}'].map((path) => ({
      ...route('POST', `${path}/${operation.toLowerCase()}`, operation, ({ vault, name, version, call, now }) => {
        const { alg, value } = parseBody(cryptoRequest, call.body, 'BadParameter');
        const found = versionOf(activeKey(vault, name, now), version);
        const result = runCrypto(found, operation, alg, Buffer.from(value, 'base64url'), now);
        return { status: 200, body: { kid: found.kid, value: result.toString('base64url') } };
      }),
      readsOnly: true as const,
    })),
  );
