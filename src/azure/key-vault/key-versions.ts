import type { KeyClient } from '@azure/keyvault-keys';
import type { Fact, KeyVersionFacts, VaultFacts } from '../../remediation/facts.ts';
import type { KeyRef } from '../../remediation/key-ref.ts';
import type { Connection } from '../connection.ts';
import { correlationIds, toFailure } from '../failure/failure.ts';
import { readFact } from '../failure/read-fact.ts';
import { once } from '../once.ts';
import { placeOf } from '../resource-id.ts';
import { withKnownChallenge } from './known-challenge.ts';
import type { ManagementClients } from './management-clients.ts';
import { fromControlPlane, fromDataPlane } from './version-facts.ts';

/** One version of a key and the vault that ARM says it lives in. */
export type KeyVersion = { readonly key: KeyRef; readonly version: string; readonly vault: VaultFacts };

export type KeyVersions = {
  /** One data-plane call; where the vault's firewall shuts us out, one call of the control plane as well. */
  observe(of: KeyVersion): Promise<Fact<KeyVersionFacts>>;
  /** One data-plane call. What we cannot read there we could not write either. */
  read(of: KeyVersion): Promise<Fact<KeyVersionFacts>>;
  /** Writes the expiry, once; resolves with Azure's correlation ids, throws what Azure refuses. */
  writeExpiry(of: KeyVersion, expiresOn: Date, signal: AbortSignal): Promise<readonly string[]>;
};

/** One client per vault and process, since each learns its own tokens. */
const openKeyClients = ({ cloud, credential, httpClient }: Connection) => {
  const clients = new Map<string, () => Promise<KeyClient>>();
  const open = async ({ uri, tenantId }: VaultFacts): Promise<KeyClient> => {
    const { KeyClient } = await import('@azure/keyvault-keys');
    const http = await withKnownChallenge(await httpClient(), cloud, tenantId);
    return new KeyClient(uri, await credential(), { httpClient: http, retryOptions: { maxRetries: 0 } });
  };
  return (vault: VaultFacts): Promise<KeyClient> => {
    const client = clients.get(vault.uri) ?? once(() => open(vault));
    clients.set(vault.uri, client);
    return client();
  };
};

const FIREWALLS = new Set(['ForbiddenByFirewall', 'ForbiddenByConnection']);

export const openKeyVersions = (connection: Connection, managementClients: ManagementClients): KeyVersions => {
  const keyClients = openKeyClients(connection);
  const about = ({ key, version, vault }: KeyVersion) => ({
    what: `key version https://${key.host}/keys/${key.name}/${version}`,
    vaultName: vault.name,
    scope: vault.id,
  });
  const dataPlane = async ({ key, version, vault }: KeyVersion): Promise<KeyVersionFacts> =>
    fromDataPlane(await (await keyClients(vault)).getKey(key.name, { version }));
  const controlPlane = async ({ key, version, vault }: KeyVersion): Promise<KeyVersionFacts> => {
    const { subscriptionId, resourceGroup, name } = placeOf(vault.id);
    const { keys } = await managementClients(subscriptionId);
    return fromControlPlane(await keys.getVersion(resourceGroup, name, key.name, version));
  };
  return {
    read: (of) => readFact(about(of), () => dataPlane(of)),
    observe: (of) =>
      readFact(about(of), () =>
        dataPlane(of).catch((error: unknown) => {
          if (FIREWALLS.has(toFailure(error).code)) return controlPlane(of);
          throw error;
        }),
      ),
    writeExpiry: async ({ key, version, vault }, expiresOn, abortSignal) => {
      const ids: string[] = [];
      await (await keyClients(vault)).updateKeyProperties(key.name, version, {
        expiresOn,
        abortSignal,
        onResponse: ({ headers }) => ids.push(...correlationIds((name) => headers.get(name))),
      });
      return ids;
    },
  };
};
