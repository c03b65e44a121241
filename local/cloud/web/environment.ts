import { parseResourceId } from '../arm/resource-id.ts';
import { guid } from '../draw.ts';
import { hostNameOf, type Site } from './site.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * Variables that Azure sets for every process of a site on Flex Consumption (Microsoft Learn: environment variables and app
 * settings).
 */
const platformVariables = (site: Site): Record<string, string> => {
  const { subscription = '', group = '' } = parseResourceId(site.id) ?? {};
  return {
    AZURE_FUNCTIONS_ENVIRONMENT: 'Production',
    FUNCTIONS_WORKER_RUNTIME: site.config.runtime.name,
    FUNCTIONS_WORKER_RUNTIME_VERSION: site.config.runtime.version,
    REGION_NAME: site.location,
    WEBSITE_HOSTNAME: hostNameOf(site),
    WEBSITE_INSTANCE_ID: guid('instance', site.id.toLowerCase()),
    WEBSITE_OWNER_NAME: `${subscription}+${group}-${site.location}webspace-Linux`,
    WEBSITE_RESOURCE_GROUP: group,
    WEBSITE_SITE_NAME: site.name,
    WEBSITE_SKU: 'FlexConsumption',
  };
};

/** The whole environment of a site's host: variables of the platform and the settings of the site, which win. */
export const environmentOf = (around: Surroundings, site: Site): Record<string, string> => ({
  ...platformVariables(site),
  ...around.environmentOf(site.id),
  ...site.settings,
});
