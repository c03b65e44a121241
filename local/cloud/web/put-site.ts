import { resourceId, sameId } from '../arm/resource-id.ts';
import type { FullWorld } from '../create-world.ts';
import { refuseUnassignable, refuseUnlinked } from '../managed-identity/linked-access.ts';
import { refuseSubnet } from '../network/join-subnet.ts';
import type { Answer, Call } from '../service.ts';
import { refuseSettings, refuseSiteConfig, requireFunctionAppConfig } from './refuse-flex.ts';
import type { Site } from './site.ts';
import { SITE_PUT, type SitePut } from './site-body.ts';
import { applyIdentity, identityIn } from './site-identity.ts';
import { siteBody } from './site-json.ts';
import { SITE_TYPE } from './versions.ts';
import type { Web } from './web.ts';
import { badRequest, conflict, readWebBody } from './web-error.ts';

export const siteIdOf = ({ params: { subscription = '', group = '', site = '' } }: Call): string =>
  resourceId({ subscription, group, type: SITE_TYPE, name: site });

const NAME = /^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$/i;

/** Refuses a site whose plan cannot take it, or whose name or plan another site has. */
const checkPlace = ({ plans, sites }: Web, id: string, name: string, { serverFarmId }: SitePut['properties']): void => {
  if (!NAME.test(name)) throw badRequest(`The host name ${name}.azurewebsites.net is invalid.`);
  const other = sites.named(name);
  if (other && !sameId(other.id, id)) throw conflict(`Website with given name ${name} already exists.`);
  if (!plans.get(serverFarmId))
    throw badRequest(`Cannot find server farm with name ${serverFarmId.split('/').at(-1)}.`);
  const there = sites.all().find(({ planId, id: taken }) => sameId(planId, serverFarmId) && !sameId(taken, id));
  if (there) throw badRequest(`A Flex Consumption plan can host one function app; this one hosts ${there.name}.`);
};

/** The whole list of settings in the request; without a list the settings stay as they are. */
const settingsIn = ({ siteConfig }: SitePut['properties'], before: Site | undefined): Record<string, string> => {
  const { appSettings } = siteConfig;
  if (!appSettings) return { ...before?.settings };
  refuseSettings(appSettings.map(({ name }) => name));
  return Object.fromEntries(appSettings.map(({ name, value }) => [name, value ?? '']));
};

const siteOf = (call: Call, put: SitePut, before: Site | undefined, now: number): Site => {
  const { location, kind, tags, properties } = put;
  const { appSettings: _, ...siteConfig } = properties.siteConfig;
  const { outboundVnetRouting, vnetRouteAllEnabled } = properties;
  return {
    id: before?.id ?? siteIdOf(call),
    name: before?.name ?? call.params['site'] ?? '',
    location,
    kind,
    tags,
    planId: properties.serverFarmId,
    identity: identityIn(put.identity),
    config: properties.functionAppConfig,
    settings: settingsIn(properties, before),
    siteConfig,
    httpsOnly: properties.httpsOnly,
    clientAffinityEnabled: properties.clientAffinityEnabled,
    subnetId: properties.virtualNetworkSubnetId ?? undefined,
    routesAll: outboundVnetRouting?.allTraffic ?? vnetRouteAllEnabled ?? false,
    publishing: before?.publishing ?? { scm: true, ftp: true },
    stopped: before?.stopped ?? false,
    createdAt: before?.createdAt ?? now,
  };
};

const JOIN = 'Microsoft.Network/virtualNetworks/subnets/join/action';

/**
 * Checks the resources to which a site refers: the caller needs the right to use its identities and its subnet, and the subnet
 * must be fit for the site.
 */
const checkLinks = (world: FullWorld, call: Call, id: string, { identity, properties }: SitePut): void => {
  const write = `${SITE_TYPE}/write`;
  const userAssignedIdentities = identity?.userAssignedIdentities ?? undefined;
  refuseUnassignable(world, call, { id, write, identity: { userAssignedIdentities } });
  const { virtualNetworkSubnetId: subnet } = properties;
  if (!subnet) return;
  refuseUnlinked(world, call, { id, write, action: JOIN, scopes: [subnet] });
  refuseSubnet(world.stored, subnet, { delegation: 'Microsoft.App/environments' });
};

/**
 * Makes a site, or replaces an existing one: properties that are left out are gone, but settings and code stay. Its host starts
 * again.
 */
export const putSite = (world: FullWorld, call: Call): Answer => {
  const { web } = world;
  requireFunctionAppConfig(call.body);
  const put = readWebBody(SITE_PUT, call.body, 'Site');
  refuseSiteConfig(put.properties.siteConfig);
  const id = siteIdOf(call);
  checkPlace(web, id, call.params['site'] ?? '', put.properties);
  checkLinks(world, call, id, put);
  const before = web.sites.get(id);
  const site = siteOf(call, put, before, world.clock.now());
  applyIdentity(world, site, before?.identity);
  web.sites.put(site);
  world.network.join(site.id, site.subnetId);
  web.hosting.restart(site);
  world.changed({ kind: 'resourceWritten', resourceId: site.id, at: world.clock.now() });
  return { status: 200, body: siteBody(world, site) };
};
