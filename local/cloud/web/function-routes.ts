import { AzureError } from '../arm/error.ts';
import { page } from '../arm/page.ts';
import type { Answer, Call, Route } from '../service.ts';
import type { IndexedFunction, SiteHost } from './runtime.ts';
import { hostNameOf, type Site } from './site.ts';
import { siteIn } from './site-routes.ts';
import { SITE, SITE_TYPE, WEB_VERSIONS } from './versions.ts';
import type { Web } from './web.ts';
import { badRequest, inOwnWords } from './web-error.ts';

/** A function as ARM shows it: `FunctionEnvelope`. */
const functionBody = (site: Site, { name, config, invokeUrlTemplate }: IndexedFunction) => {
  const host = `https://${hostNameOf(site)}`;
  return {
    id: `${site.id}/functions/${name}`,
    name: `${site.name}/${name}`,
    type: `${SITE_TYPE}/functions`,
    location: site.location,
    properties: {
      name,
      language: 'node',
      isDisabled: false,
      href: `${host}/admin/functions/${name}`,
      invoke_url_template: invokeUrlTemplate === undefined ? null : `${host}${new URL(invokeUrlTemplate).pathname}`,
      config,
    },
  };
};

/** The host of a site. Throws ARM's refusal where no host runs (Azure-Functions#2666). */
const hostOf = ({ hosting }: Web, { id }: Site): SiteHost => {
  const host = hosting.host(id);
  if (host) return host;
  throw badRequest('Encountered an error (ServiceUnavailable) from host runtime.');
};

const functionIn = (web: Web, call: Call): Answer => {
  const site = siteIn(web, call);
  const wanted = call.params['function'] ?? '';
  const found = web.hosting.functions(site.id).find(({ name }) => name.toLowerCase() === wanted.toLowerCase());
  if (found) return { status: 200, body: functionBody(site, found) };
  throw new AzureError(404, 'NotFound', `Function ${wanted} was not found.`);
};

const statusOf = (web: Web, site: Site) => {
  const host = web.hosting.host(site.id);
  const errors = web.hosting.errors(site.id);
  return {
    id: `${site.id}/host/default/properties/status`,
    name: 'status',
    type: `${SITE_TYPE}/host/properties`,
    properties: { state: host ? 'Running' : errors.length > 0 ? 'Error' : 'Offline', errors },
  };
};

/** The functions of a site as ARM lists them, and the requests that ARM passes on to its host. */
export const functionRoutes = (web: Web): Route[] => {
  const route = (method: string, path: string, verb: string, handle: (call: Call) => Answer): Route => ({
    plane: 'arm',
    method,
    path: `${SITE}/${path}`,
    apiVersions: WEB_VERSIONS,
    action: `${SITE_TYPE}/${verb}`,
    handle: inOwnWords(handle),
  });
  const synchronise = (call: Call): Answer => {
    const site = siteIn(web, call);
    hostOf(web, site);
    web.hosting.synchronise(site.id);
    return { status: 204 };
  };
  const listKeys = route('POST', 'host/default/listkeys', 'host/listkeys/action', (call) => ({
    status: 200,
    body: hostOf(web, siteIn(web, call)).keys,
  }));
  return [
    route('GET', 'functions', 'functions/read', (call) => {
      const site = siteIn(web, call);
      return page(
        call,
        web.hosting.functions(site.id).map((one) => functionBody(site, one)),
      );
    }),
    route('GET', 'functions/{function}', 'functions/read', (call) => functionIn(web, call)),
    { ...listKeys, readsOnly: true },
    route('POST', 'syncfunctiontriggers', 'syncfunctiontriggers/action', synchronise),
    route('POST', 'host/default/sync', 'host/sync/action', synchronise),
    route('GET', 'host/default/properties/status', 'host/properties/read', (call) => ({
      status: 200,
      body: statusOf(web, siteIn(web, call)),
    })),
  ];
};
