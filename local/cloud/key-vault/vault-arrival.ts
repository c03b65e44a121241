import type { Caller } from '../caller.ts';
import type { Arrival } from '../network/may-pass.ts';
import type { World } from '../service.ts';
import type { Vault } from './vault.ts';

/**
 * The network path of a caller's requests to a vault; undefined where the vault's name does not resolve from the caller's
 * network.
 */
export const vaultArrival = ({ network }: World, { id }: Vault, { from }: Caller): Arrival | undefined =>
  network.arrival(from, {
    id,
    part: 'vault',
    service: 'Microsoft.KeyVault',
    zone: 'privatelink.vaultcore.azure.net',
  });
