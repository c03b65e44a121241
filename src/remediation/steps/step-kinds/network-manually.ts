import { byName, command } from '../../model/command.ts';
import type { NetworkRules } from '../../model/facts.ts';

/** Nobody would type more rules than this by hand; the ledger has all of them. */
const MOST = 5;

/** The commands that give a vault these network rules; its other rules stay. */
export const networkManually = (
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
