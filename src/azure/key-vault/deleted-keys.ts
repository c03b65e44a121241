import type { DeletedKey } from '@azure/keyvault-keys';
import { type Fact, type KeyLoss, present } from '../../remediation/model/facts.ts';
import { keyId, parseKeyId } from '../../remediation/model/key-ref.ts';
import type { Connection } from '../connection/connection.ts';
import { once } from '../connection/once.ts';
import { correlationIds, toFailure } from '../failure/failure.ts';
import { readFact } from '../failure/read-fact.ts';
import { KEYS_API, openDataPlane } from './data-plane.ts';
import type { KeyClients } from './key-clients.ts';
import type { KeyInVault } from './key-in-vault.ts';
import { DISABLED } from './key-versions.ts';
import { materialOf } from './version-facts.ts';

type Deleted = Extract<KeyLoss, { kind: 'deleted' }>;

/** Deleted keys, which only the data plane shows. */
export type DeletedKeys = {
  /** What happened to a key with a version that was not found: one call where the key is deleted, else two. */
  observe(of: KeyInVault): Promise<Fact<KeyLoss>>;
  /** Reads the deleted key: one call. */
  read(of: KeyInVault): Promise<Fact<Deleted>>;
  /** Whether a key with this name exists: one call. */
  isThere(of: KeyInVault): Promise<Fact<true>>;
  /**
   * Recovers the key, with one request. Resolves with Azure's correlation ids before the key is back; throws Azure's
   * refusals. The SDK's poller is not used: it reads the key before and after, and takes every error of the first read
   * for "not found".
   */
  recover(of: KeyInVault, signal: AbortSignal): Promise<readonly string[]>;
};

/** The version in a deleted key's identifier is its current version. */
const versionOf = (id: string | undefined): { readonly version?: string } => {
  const version = parseKeyId(id ?? '')?.version;
  return version === undefined ? {} : { version };
};

const deletedFacts = ({ id, key, properties }: DeletedKey): Deleted => ({
  kind: 'deleted',
  deletedOn: properties.deletedOn?.toISOString() ?? '',
  recoverableUntil: properties.scheduledPurgeDate?.toISOString() ?? '',
  ...versionOf(id),
  ...materialOf(key),
  tags: properties.tags ?? {},
});

const about = (what: string, { key, vault }: KeyInVault) => ({
  what: `${what} ${keyId(key)}`,
  vaultName: vault.name,
  scope: vault.id,
});

export const openDeletedKeys = (connection: Connection, keyClients: KeyClients): DeletedKeys => {
  const sender = once(() => openDataPlane(connection));
  const read: DeletedKeys['read'] = (of) =>
    readFact(about('deleted key', of), async () =>
      deletedFacts(await (await keyClients(of.vault)).getDeletedKey(of.key.name)),
    );
  const isThere: DeletedKeys['isThere'] = (of) =>
    readFact(about('key', of), async () => {
      const client = await keyClients(of.vault);
      await client.getKey(of.key.name).catch((error: unknown) => {
        if (toFailure(error).code !== DISABLED) throw error;
      });
      return true as const;
    });
  return {
    read,
    isThere,
    observe: async (of) => {
      const deleted = await read(of);
      if (deleted.kind !== 'absent') return deleted;
      const key = await isThere(of);
      if (key.kind === 'unknown') return key;
      return present({ kind: key.kind === 'present' ? 'versionMissing' : 'gone' });
    },
    recover: async ({ key, vault }, abortSignal) => {
      const url = new URL(`deletedkeys/${key.name}/recover?api-version=${KEYS_API}`, vault.uri).href;
      const { header } = await (await sender())({ url, method: 'POST', abortSignal });
      return correlationIds(header);
    },
  };
};
