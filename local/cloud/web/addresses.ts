import type { SiteAddresses } from '../service.ts';
import type { Hosting } from './hosting.ts';
import { hostNameOf, SITE_DOMAIN } from './site.ts';
import type { Sites } from './sites.ts';

const FUNCTION = /^(.+)\/functions\/([^/]+)$/i;

const isEventGrid = ({ type }: { type: string }): boolean => type === 'eventGridTrigger';

/**
 * Answers of Azure's front end where no host answers: a site name that does not exist, a stopped site, a host that does not run.
 */
const refusalAt = (sites: Sites, name: string): { status: number } => {
  const site = sites.named(name);
  if (!site) return { status: 404 };
  return { status: site.stopped ? 403 : 503 };
};

export const createAddresses = (sites: Sites, hosting: Hosting): SiteAddresses => ({
  locate: (text) => {
    if (!URL.canParse(text)) return undefined;
    const { protocol, hostname, pathname, search } = new URL(text);
    if (protocol !== 'https:' || !hostname.endsWith(SITE_DOMAIN)) return undefined;
    const name = hostname.slice(0, -SITE_DOMAIN.length);
    const site = sites.named(name);
    const host = site && !site.stopped ? hosting.host(site.id) : undefined;
    return host ? { url: `http://127.0.0.1:${host.port}${pathname}${search}` } : refusalAt(sites, name);
  },
  eventGridUrl: (functionId) => {
    const [, siteId = '', wanted = ''] = FUNCTION.exec(functionId) ?? [];
    const site = sites.get(siteId);
    if (!site) return undefined;
    const found = hosting
      .functions(site.id)
      .find(({ name, config }) => name.toLowerCase() === wanted.toLowerCase() && config.bindings.some(isEventGrid));
    const code = hosting.host(site.id)?.keys.systemKeys['eventgrid_extension'];
    if (!found || code === undefined) return undefined;
    return `https://${hostNameOf(site)}/runtime/webhooks/eventgrid?functionName=${found.name}&code=${code}`;
  },
});
