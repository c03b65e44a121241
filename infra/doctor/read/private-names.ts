import { z } from 'zod';
import { type Fact, type PrivateNames, present, unknown, type Zone } from '../facts.ts';
import type { Arm } from './arm.ts';

const GROUPS = 'Microsoft.Network/privateEndpoints';
const LINKS = 'Microsoft.Network/privateDnsZones';
const NETWORKS = 'Microsoft.Network/virtualNetworks';

const zoneGroup = z.object({
  properties: z.object({
    privateDnsZoneConfigs: z
      .array(z.object({ properties: z.object({ privateDnsZoneId: z.string().nullish() }) }))
      .nullish(),
  }),
});

const zoneLink = z.object({ properties: z.object({ virtualNetwork: z.object({ id: z.string() }) }) });

const network = z.object({
  properties: z.object({ dhcpOptions: z.object({ dnsServers: z.array(z.string()).nullish() }).nullish() }),
});

const zonesOf = (groups: readonly unknown[]): readonly string[] =>
  groups.flatMap((one) =>
    (zoneGroup.safeParse(one).data?.properties.privateDnsZoneConfigs ?? []).flatMap(
      ({ properties }) => properties.privateDnsZoneId ?? [],
    ),
  );

const readZone = async (arm: Arm, id: string): Promise<Fact<Zone>> => {
  const links = await arm.list(`${id}/virtualNetworkLinks`, LINKS);
  if (links.kind !== 'present') return links;
  return present({
    id,
    networks: links.value.flatMap((one) => zoneLink.safeParse(one).data?.properties.virtualNetwork.id ?? []),
  });
};

/** Combines facts: where one of them is unknown, all are unknown. */
const together = <Value>(facts: readonly Fact<Value>[]): Fact<readonly Value[]> => {
  const failed = facts.find((one) => one.kind === 'unknown');
  if (failed?.kind === 'unknown') return unknown(failed.why);
  return present(facts.flatMap((one) => (one.kind === 'present' ? [one.value] : [])));
};

/** The zones in which private endpoints register their names, in any subscription, and the linked networks of each. */
export const readZones = async (arm: Arm, endpoints: readonly string[]): Promise<Fact<readonly Zone[]>> => {
  const groups = together(await Promise.all(endpoints.map((id) => arm.list(`${id}/privateDnsZoneGroups`, GROUPS))));
  if (groups.kind !== 'present') return groups;
  const ids = new Map(zonesOf(groups.value.flat()).map((id) => [id.toLowerCase(), id]));
  return together(await Promise.all([...ids.values()].map((id) => readZone(arm, id))));
};

/** The DNS servers of the network of a subnet; an empty list where Azure's DNS resolves names. */
export const readNames = async (arm: Arm, subnetId: string): Promise<Fact<PrivateNames>> => {
  const id = subnetId.replace(/\/subnets\/[^/]+\/?$/i, '');
  const read = await arm.get(id, NETWORKS);
  if (read.kind !== 'present') return read;
  const { data } = network.safeParse(read.value);
  return data
    ? present({ network: id, servers: data.properties.dhcpOptions?.dnsServers ?? [] })
    : unknown('the network of the app is not understood');
};
