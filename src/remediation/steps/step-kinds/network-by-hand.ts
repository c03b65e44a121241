import { byName, command } from '../../model/command.ts';
import type { NetworkRules } from '../../model/facts.ts';

/** More rules than these nobody types at night; the ledger has all. */
const MOST = 5;

/** The commands that give a vault these rules; what it has besides stays. */
export const networkByHand = (
  vaultId: string,
  { bypass, defaultAction, ipRules, publicNetworkAccess, virtualNetworkRules }: NetworkRules,
): readonly string[] => [
  ...ipRules
    .slice(0, MOST)
    .map((range) => command('az keyvault network-rule add', { ...byName(vaultId), 'ip-address': range })),
  ...virtualNetworkRules
    .slice(0, MOST)
    .map((subnet) => command('az keyvault network-rule add', { ...byName(vaultId), subnet })),
  command('az keyvault update', {
    ...byName(vaultId),
    bypass,
    'default-action': defaultAction,
    'public-network-access': publicNetworkAccess,
  }),
];
