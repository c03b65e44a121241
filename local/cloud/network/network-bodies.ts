import { z } from 'zod';
import { TAGS } from '../arm/read-body.ts';
import { writable } from '../stored-resources/writable.ts';

/** Bodies of Microsoft.Network as its REST reference has them (2024-07-01), and of private DNS zones (2024-06-01). */
const MADE_BY_AZURE = ['id', 'name', 'type', 'etag', 'systemData'];
const reference = writable({ id: z.string() }, ['name', 'type', 'properties']);
const onOff = z.enum(['Enabled', 'Disabled']);

const delegation = writable(
  { name: z.string(), properties: writable({ serviceName: z.string() }, ['actions', 'provisioningState']) },
  ['id', 'type', 'etag'],
);

const serviceEndpoint = writable(
  { service: z.string(), locations: z.array(z.string()).optional(), networkIdentifier: reference.optional() },
  ['provisioningState'],
);

export const SUBNET_PROPERTIES = writable(
  {
    addressPrefix: z.string().optional(),
    addressPrefixes: z.array(z.string()).optional(),
    delegations: z.array(delegation).default([]),
    serviceEndpoints: z.array(serviceEndpoint).default([]),
    privateEndpointNetworkPolicies: z
      .enum(['Enabled', 'Disabled', 'NetworkSecurityGroupEnabled', 'RouteTableEnabled'])
      .default('Disabled'),
    privateLinkServiceNetworkPolicies: onOff.default('Enabled'),
    defaultOutboundAccess: z.boolean().optional(),
    natGateway: reference.optional(),
    networkSecurityGroup: reference.optional(),
    routeTable: reference.optional(),
  },
  [
    'provisioningState',
    'purpose',
    'privateEndpoints',
    'ipConfigurations',
    'serviceAssociationLinks',
    'resourceNavigationLinks',
  ],
);

/** `app`, `snet-1`; the Flex plan of Functions refuses a name with an underscore. */
const SUBNET_NAME = z.string().regex(/^[a-z0-9](?:[\w.-]{0,78}\w)?$/i, 'is no name for a subnet');

const inlineSubnet = writable({ name: SUBNET_NAME, properties: SUBNET_PROPERTIES }, ['id', 'type', 'etag']);

export const PEERING_PROPERTIES = writable(
  {
    remoteVirtualNetwork: reference,
    allowVirtualNetworkAccess: z.boolean().default(true),
    allowForwardedTraffic: z.boolean().default(false),
    allowGatewayTransit: z.boolean().default(false),
    useRemoteGateways: z.boolean().default(false),
    doNotVerifyRemoteGateways: z.boolean().optional(),
  },
  [
    'provisioningState',
    'peeringState',
    'peeringSyncLevel',
    'remoteAddressSpace',
    'remoteVirtualNetworkAddressSpace',
    'resourceGuid',
  ],
);

export const NETWORK_PROPERTIES = writable(
  {
    addressSpace: writable({ addressPrefixes: z.array(z.string()).min(1) }),
    subnets: z.array(inlineSubnet).optional(),
    dhcpOptions: writable({ dnsServers: z.array(z.string()) }).optional(),
    enableDdosProtection: z.boolean().default(false),
    encryption: writable({ enabled: z.boolean(), enforcement: z.string().optional() }).optional(),
    flowTimeoutInMinutes: z.int().min(4).max(30).optional(),
    privateEndpointVNetPolicies: z.enum(['Disabled', 'Basic']).optional(),
  },
  ['provisioningState', 'resourceGuid', 'virtualNetworkPeerings', 'flowLogs', 'defaultPublicNatGateway'],
);

const connection = writable(
  {
    name: z.string(),
    properties: writable(
      {
        privateLinkServiceId: z.string(),
        groupIds: z.array(z.string()).min(1),
        requestMessage: z.string().max(140).optional(),
      },
      ['provisioningState', 'privateLinkServiceConnectionState'],
    ),
  },
  ['id', 'type', 'etag'],
);

export const ENDPOINT_PROPERTIES = writable(
  {
    subnet: reference,
    privateLinkServiceConnections: z.array(connection).default([]),
    manualPrivateLinkServiceConnections: z.array(connection).default([]),
    customNetworkInterfaceName: z.string().optional(),
    ipVersionType: z.literal('IPv4').optional(),
    ipConfigurations: z.array(z.looseObject({ name: z.string() })).optional(),
    applicationSecurityGroups: z.array(reference).optional(),
  },
  ['provisioningState', 'networkInterfaces', 'customDnsConfigs'],
);

const zoneConfig = writable(
  { name: z.string(), properties: writable({ privateDnsZoneId: z.string() }, ['recordSets']) },
  ['id'],
);
export const ZONE_GROUP_PROPERTIES = writable({ privateDnsZoneConfigs: z.array(zoneConfig).min(1).max(5) }, [
  'provisioningState',
]);

export const ZONE_PROPERTIES = writable({}, [
  'provisioningState',
  'internalId',
  'maxNumberOfRecordSets',
  'maxNumberOfVirtualNetworkLinks',
  'maxNumberOfVirtualNetworkLinksWithRegistration',
  'numberOfRecordSets',
  'numberOfVirtualNetworkLinks',
  'numberOfVirtualNetworkLinksWithRegistration',
]);

export const LINK_PROPERTIES = writable(
  {
    virtualNetwork: reference,
    registrationEnabled: z.boolean().default(false),
    resolutionPolicy: z.enum(['Default', 'NxDomainRedirect']).optional(),
  },
  ['provisioningState', 'virtualNetworkLinkState'],
);

/** The body of a resource with a location, and of one without. */
export const tracked = <P extends z.ZodType>(properties: P) =>
  writable({ location: z.string(), tags: TAGS.optional(), properties }, MADE_BY_AZURE);
export const child = <P extends z.ZodType>(properties: P) => writable({ properties }, [...MADE_BY_AZURE, 'location']);

export type SubnetProperties = z.infer<typeof SUBNET_PROPERTIES>;
export type NetworkProperties = z.infer<typeof NETWORK_PROPERTIES>;
export type PeeringProperties = z.infer<typeof PEERING_PROPERTIES>;
export type EndpointProperties = z.infer<typeof ENDPOINT_PROPERTIES>;
export type Connection = z.infer<typeof connection>;
export type ZoneGroupProperties = z.infer<typeof ZONE_GROUP_PROPERTIES>;
export type LinkProperties = z.infer<typeof LINK_PROPERTIES>;
