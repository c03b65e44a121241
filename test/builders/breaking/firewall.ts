import type { FullWorld } from '../../../local/cloud/create-world.ts';
import type { NetworkAcls } from '../../../local/cloud/key-vault/vault.ts';
import { PUBLIC_ADDRESS } from '../../../local/cloud/network/network.ts';
import type { Subject } from './subjects.ts';

/**
 * The firewall as the documents want it: closed except for trusted services, and for the product, which is not one of them
 * (S2.41).
 */
export const FIREWALL: NetworkAcls = {
  bypass: 'AzureServices',
  defaultAction: 'Deny',
  ipRules: [{ value: `${PUBLIC_ADDRESS}/32` }],
  virtualNetworkRules: [],
};

/** Closes the firewall of every vault, before the product's first look. */
export const closeFirewalls = ({ keyVault }: FullWorld, subjects: readonly Subject[]): void => {
  for (const { vault } of subjects) keyVault.updateVault(vault, { networkAcls: { ...FIREWALL } });
};
