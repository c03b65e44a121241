import type { World } from '../service.ts';
import { hostNameOf, SCM_DOMAIN, type Site } from './site.ts';
import { siteIdentityJson } from './site-identity.ts';
import { SITE_TYPE } from './versions.ts';

const hostNames = (site: Site) => {
  const own = hostNameOf(site);
  const scm = `${site.name.toLowerCase()}${SCM_DOMAIN}`;
  return {
    defaultHostName: own,
    hostNames: [own],
    enabledHostNames: [own, scm],
    hostNameSslStates: [
      { name: own, sslState: 'Disabled', hostType: 'Standard' },
      { name: scm, sslState: 'Disabled', hostType: 'Repository' },
    ],
  };
};

/** A site as ARM shows it: without its settings and without any secret. */
export const siteBody = (world: Pick<World, 'entra'>, site: Site) => ({
  id: site.id,
  name: site.name,
  type: SITE_TYPE,
  kind: site.kind,
  location: site.location,
  tags: site.tags,
  identity: siteIdentityJson(world, site),
  properties: {
    ...hostNames(site),
    state: site.stopped ? 'Stopped' : 'Running',
    enabled: true,
    availabilityState: 'Normal',
    usageState: 'Normal',
    sku: 'FlexConsumption',
    reserved: true,
    serverFarmId: site.planId,
    resourceGroup: site.id.split('/')[4],
    httpsOnly: site.httpsOnly,
    clientAffinityEnabled: site.clientAffinityEnabled,
    virtualNetworkSubnetId: site.subnetId ?? null,
    vnetRouteAllEnabled: site.routesAll,
    outboundVnetRouting: { allTraffic: site.routesAll, applicationTraffic: site.routesAll },
    functionAppConfig: site.config,
    siteConfig: { ...site.siteConfig, appSettings: null, connectionStrings: null },
    lastModifiedTimeUtc: new Date(site.createdAt).toISOString(),
  },
});
