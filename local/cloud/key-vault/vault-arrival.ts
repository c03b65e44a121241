import type { Caller } from '../caller.ts';
import type { Arrival } from '../network/may-pass.ts';
import type { World } from '../service.ts';
import type { Vault } from './vault.ts';

/** How a caller's requests reach a vault; undefined where its name leads nowhere from where the caller stands. */
export const vaultArrival = ({ network }: World, { id }: Vault, { from }: Caller): Arrival | undefined =>
  network.arrival(from, {
    id,
    part: 'vault',
    service: 'Microsoft.KeyVault',
    zone: 'privatelink.vaultcore.azure.net',
  });
