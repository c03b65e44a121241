import { groupOf, nameOf, subscriptionOf } from '../../../src/remediation/model/resource-id.ts';
import { type Facts, known, type StorageAccount } from '../facts.ts';
import { type Finding, limits, type Rule, stops } from '../finding.ts';
import { isOpenTo } from './storage.ts';

const link = (zone: string, network: string): string =>
  `az network private-dns link vnet create --name ${nameOf(network)} --zone-name ${nameOf(zone)} --resource-group ${groupOf(zone)} --subscription ${subscriptionOf(zone)} --virtual-network ${network} --registration-enabled false`;

const unresolved = (account: StorageAccount, { zones, privateNames }: Facts): readonly Finding[] => {
  const [found, names] = [known(zones[account.name] ?? { kind: 'absent' }), known(privateNames)];
  if (!found || !names) return [];
  const closed = `The storage account ${account.name} is open to private endpoints alone`;
  if (found.length === 0)
    return [
      limits(
        `${closed}, and none of them writes its name to a private DNS zone: where nobody keeps it by hand, the app asks its public address, which is closed.`,
      ),
    ];
  const missing = found.filter(
    ({ networks }) => !networks.some((id) => id.toLowerCase() === names.network.toLowerCase()),
  );
  if (missing.length > 0 && names.servers.length > 0)
    return [
      {
        weight: 'unseen',
        sentence: `${closed}, and the network of the app asks DNS servers of its own (${names.servers.join(', ')}): whether they know ${missing.map(({ id }) => nameOf(id)).join(', ')} cannot be seen from here.`,
        commands: [],
      },
    ];
  return missing.map(({ id }) =>
    stops(
      `${closed}, and the zone ${id} is not linked to the network of the app, ${names.network}: it asks the public address, which is closed.`,
      link(id, names.network),
    ),
  );
};

/** A private endpoint has no effect for an app that resolves the name of the account to its public address. */
export const namesResolve: Rule = (facts) => {
  const site = known(facts.site);
  if (!site) return [];
  return Object.values(facts.accounts).flatMap((fact) => {
    const account = known(fact);
    if (!account || account.privateEndpoints.length === 0 || isOpenTo(account, site.subnetId)) return [];
    return unresolved(account, facts);
  });
};
