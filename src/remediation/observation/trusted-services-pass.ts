import { type Fact, type NetworkRules, present, unknown, type VaultFacts } from '../model/facts.ts';
import type { Known } from '../model/known.ts';
import { type ConsumerKind, profileOf } from '../model/profiles.ts';

const is = (value: string, wanted: string): boolean => value.toLowerCase() === wanted.toLowerCase();

/**
 * Whether a network security perimeter guards the vault. A perimeter overrides the bypass of trusted services, and the vault does
 * not show who may pass it.
 */
export const isInPerimeter = ({ publicNetworkAccess }: Pick<NetworkRules, 'publicNetworkAccess'>): boolean =>
  is(publicNetworkAccess, 'SecuredByPerimeter');

const isOpenToAll = ({ publicNetworkAccess, defaultAction }: NetworkRules): boolean =>
  is(publicNetworkAccess, 'Enabled') && is(defaultAction, 'Allow');

/**
 * Whether the services that Azure lists as trusted pass the firewall of a vault: by the bypass, which also holds where public
 * access is disabled, or because the vault is open to all (learn.microsoft.com/azure/key-vault/general/network-security).
 */
export const trustedServicesPass = (network: NetworkRules): boolean =>
  !isInPerimeter(network) && (is(network.bypass, 'AzureServices') || isOpenToAll(network));

/** Whether trusted services passed at the last healthy look. Then a perimeter that was added later is sure to keep them out. */
export const passedBefore = ({ baseline }: Known): boolean =>
  baseline !== undefined && trustedServicesPass(baseline.vault.network);

/**
 * Whether a consumer of this kind passes the firewall of a vault. Inside a perimeter nobody can tell. For a kind that is not
 * surely a trusted service nobody can tell either, except where the vault is open to all.
 */
export const passesFirewall = (
  kind: ConsumerKind,
  { name, network }: Pick<VaultFacts, 'name' | 'network'>,
): Fact<boolean> => {
  if (isInPerimeter(network)) return unknown(`a network security perimeter decides who reaches ${name}`);
  if (isOpenToAll(network)) return present(true);
  const { noun, trusted } = profileOf(kind);
  return trusted === 'yes'
    ? present(trustedServicesPass(network))
    : unknown(`whether a ${noun} passes the firewall of ${name} is not known`);
};
