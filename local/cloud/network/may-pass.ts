import { BlockList, isIP } from 'node:net';

/** How a request arrives at a service. `address` is the one that the service sees. Ids are resource ids. */
export type Arrival =
  | { by: 'public'; address: string }
  | { by: 'serviceEndpoint'; address: string; subnet: string }
  | { by: 'privateEndpoint'; address: string; endpoint: string };

/**
 * The network rules of a vault, a storage account or another service. `bypass` may name several (`Logging, AzureServices`). A
 * rule that is left out has Azure's default: access is public, and every address may pass.
 */
export type NetworkRules = {
  publicNetworkAccess?: string | undefined;
  bypass?: string | undefined;
  defaultAction?: string | undefined;
  ipRules?: readonly { value: string }[] | undefined;
  virtualNetworkRules?: readonly { id: string }[] | undefined;
};

/**
 * `noConnection`: no request may come over public addresses; `notListed`: the firewall does not list the address or subnet of the
 * request.
 */
export type Passage = 'passes' | 'noConnection' | 'notListed';

const LONGEST: Record<number, number> = { 4: 32, 6: 128 };

const listsAddress = (rules: readonly { value: string }[], address: string): boolean => {
  const list = new BlockList();
  for (const { value } of rules) {
    const [net = '', prefix] = value.split('/');
    const family = isIP(net);
    if (family) list.addSubnet(net, Number(prefix ?? LONGEST[family]), family === 6 ? 'ipv6' : 'ipv4');
  }
  return list.check(address);
};

const isListed = ({ ipRules = [], virtualNetworkRules = [] }: NetworkRules, arrival: Arrival): boolean => {
  if (arrival.by === 'public') return listsAddress(ipRules, arrival.address);
  if (arrival.by === 'privateEndpoint') return true;
  return virtualNetworkRules.some(({ id }) => id.toLowerCase() === arrival.subnet.toLowerCase());
};

const bypasses = ({ bypass = 'AzureServices' }: NetworkRules): boolean =>
  bypass.split(',').some((one) => one.trim().toLowerCase() === 'azureservices');

/**
 * Whether network rules let a request of any caller pass. A private endpoint passes all of them. A trusted service passes a
 * firewall and disabled public access alike while `bypass` names AzureServices, but not a network security perimeter. With a
 * service endpoint the service sees the subnet in place of the public address, so that rules on addresses do not count for it,
 * and is of no use where public access is disabled (Key Vault and Storage: virtual network service endpoints, trusted services).
 */
export const mayPass = (rules: NetworkRules, arrival: Arrival, trustedService: boolean): Passage => {
  if (arrival.by === 'privateEndpoint') return 'passes';
  const access = (rules.publicNetworkAccess ?? 'Enabled').toLowerCase();
  if (access === 'securedbyperimeter') return 'noConnection';
  if (trustedService && bypasses(rules)) return 'passes';
  if (access === 'disabled') return 'noConnection';
  if (rules.defaultAction !== 'Deny') return 'passes';
  return !trustedService && isListed(rules, arrival) ? 'passes' : 'notListed';
};
