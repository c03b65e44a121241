import type { KeyClient } from '@azure/keyvault-keys';
import type { VaultFacts } from '../../remediation/model/facts.ts';
import type { Connection } from '../connection/connection.ts';
import { once } from '../connection/once.ts';
import { KEYS_API } from './data-plane.ts';
import { withKnownChallenge } from './known-challenge.ts';

export type KeyClients = (vault: VaultFacts) => Promise<KeyClient>;

/** One client for each vault, kept for the life of the process, because each client gets its own tokens. */
export const openKeyClients = ({ cloud, credential, httpClient }: Connection): KeyClients => {
  const clients = new Map<string, () => Promise<KeyClient>>();
  const open = async ({ uri, tenantId }: VaultFacts): Promise<KeyClient> => {
    const { KeyClient } = await import('@azure/keyvault-keys');
    const http = await withKnownChallenge(await httpClient(), cloud, tenantId);
    const options = { httpClient: http, serviceVersion: KEYS_API, retryOptions: { maxRetries: 0 } };
    return new KeyClient(uri, await credential(), options);
  };
  return (vault) => {
    const client = clients.get(vault.uri) ?? once(() => open(vault));
    clients.set(vault.uri, client);
    return client();
  };
};
