import type { NetworkRules } from '../model/facts.ts';
import type { Known } from '../model/known.ts';

const is = (value: string, wanted: string): boolean => value.toLowerCase() === wanted.toLowerCase();

/** A network security perimeter overrides the bypass of trusted services; who may pass it, the vault does not show. */
export const isInPerimeter = ({ publicNetworkAccess }: Pick<NetworkRules, 'publicNetworkAccess'>): boolean =>
  is(publicNetworkAccess, 'SecuredByPerimeter');

/**
 * Whether the services that Azure lists as trusted pass the firewall of a vault: by the bypass, also where
 * public access is disabled, or because the vault is open to all (learn.microsoft.com/azure/key-vault/general/network-security).
 */
export const trustedServicesPass = (network: NetworkRules): boolean =>
  !isInPerimeter(network) &&
  (is(network.bypass, 'AzureServices') ||
    (is(network.publicNetworkAccess, 'Enabled') && is(network.defaultAction, 'Allow')));

/** Whether they passed when all was well: then it is sure of a perimeter that came since that it keeps them out. */
export const passedBefore = ({ baseline }: Known): boolean =>
  baseline !== undefined && trustedServicesPass(baseline.vault.network);
