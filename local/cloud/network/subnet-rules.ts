import { AzureError } from '../arm/error.ts';
import { sameId } from '../arm/resource-id.ts';
import { refuseUnlinked } from '../managed-identity/linked-access.ts';
import type { Call, World } from '../service.ts';
import type { ResourceStore } from '../stored-resources/resource-store.ts';
import type { SubnetProperties } from './network-bodies.ts';
import { NETWORK_TYPES, parentOf } from './network-types.ts';

/** A rule of a vault or of a storage account. */
type Rule = { id: string; ignoreMissingVnetServiceEndpoint?: boolean | undefined };

/** A write (`write` is its action) of the network rules of the resource `id`. `before`: the rules that it has. */
export type RuleWrite = {
  id: string;
  write: string;
  service: 'Microsoft.KeyVault' | 'Microsoft.Storage';
  rules: readonly Rule[];
  before: readonly { id: string }[];
};

/** Throws the reason that forbids network rules of a write, for resources of one service. */
export type RefuseRules = (call: Call, asked: Omit<RuleWrite, 'service'>) => void;

/**
 * The network parts of a service's resources: the check of their rules, and their private endpoint connections as they show them.
 */
export type ServiceNetwork = { refuseRules: RefuseRules; connections(id: string): readonly unknown[] };

const JOIN = `${NETWORK_TYPES.subnet}/joinViaServiceEndpoint/action`;

const refuseWithoutEndpoint = (
  store: ResourceStore,
  service: string,
  { id, ignoreMissingVnetServiceEndpoint }: Rule,
): void => {
  const subnet = store.get(id);
  if (subnet === undefined || ignoreMissingVnetServiceEndpoint) return;
  const { serviceEndpoints } = subnet.properties as SubnetProperties;
  if (serviceEndpoints.some((one) => sameId(one.service.replace(/\.Global$/i, ''), service))) return;
  throw new AzureError(
    400,
    'SubnetsHaveNoServiceEndpointsConfigured',
    `Subnets ${subnet.name} of virtual network ${parentOf(id)} do not have ServiceEndpoints for ${service} resources configured. Add ${service} to subnet's ServiceEndpoints collection before trying to ACL ${service} resources to these subnets.`,
  );
};

/**
 * The caller that writes rules needs the right to join every subnet in the request (Microsoft Learn, virtual network service
 * endpoints, which speaks of added subnets; Resource Manager checks every link of a body, so also subnets that stay). A new rule
 * names a subnet with the service endpoint (terraform-provider-azurerm 11759). Subnets that this cloud does not have, which
 * builders of worlds name, are not checked.
 */
export const refuseRules = (world: World, store: ResourceStore, call: Call, asked: RuleWrite): void => {
  const { id, write, service, rules, before } = asked;
  const there = rules.filter((rule) => store.get(rule.id) !== undefined);
  refuseUnlinked(world, call, { id, write, action: JOIN, scopes: there.map((rule) => rule.id) });
  const added = there.filter((rule) => !before.some((known) => sameId(known.id, rule.id)));
  for (const rule of added) refuseWithoutEndpoint(store, service, rule);
};
