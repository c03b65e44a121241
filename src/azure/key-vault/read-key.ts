import type { KeyVersionFacts } from '../../remediation/model/facts.ts';
import { keyId } from '../../remediation/model/key-ref.ts';
import type { Connection } from '../connection/connection.ts';
import { once } from '../connection/once.ts';
import { understand } from '../http/not-understood.ts';
import { KEYS_API, openDataPlane } from './data-plane.ts';
import type { KeyInVault } from './key-in-vault.ts';
import { fromDataPlane, type KeyBundle } from './version-facts.ts';

/** Without a version: the current one. */
export type AskedVersion = KeyInVault & { readonly version?: string };

/** A version as the data plane of its vault shows it: one call. Throws Azure's refusals. */
export type ReadKey = (of: AskedVersion) => Promise<KeyVersionFacts>;

/**
 * Reads keys of all vaults through one pipeline. The SDK is not used: it takes a client for each vault, which a worker that reads
 * thousands of vaults would have to keep, and its pipeline costs more time of the processor than the request itself.
 */
export const openReadKey = (connection: Pick<Connection, 'cloud' | 'credential' | 'httpClient'>): ReadKey => {
  const sender = once(() => openDataPlane(connection));
  return async ({ key, vault, version = '' }) => {
    const path = `keys/${encodeURIComponent(key.name)}/${encodeURIComponent(version)}?api-version=${KEYS_API}`;
    const { body } = await (await sender())({ url: new URL(path, vault.uri).href, method: 'GET' });
    return understand(`${keyId(key)}/${version}`, () => fromDataPlane(body as KeyBundle));
  };
};
