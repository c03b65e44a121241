import { z } from 'zod';
import type { Answer, Call, Route } from '../service.ts';
import { refuseSettings } from './refuse-flex.ts';
import type { Site } from './site.ts';
import { siteIn } from './site-routes.ts';
import { SITE, SITE_TYPE, WEB_VERSIONS } from './versions.ts';
import type { Web } from './web.ts';
import { inOwnWords, readWebBody } from './web-error.ts';

const SETTINGS_PUT = z.object({ properties: z.record(z.string(), z.string()) });
const POLICY_PUT = z.object({ properties: z.object({ allow: z.boolean() }) });

const child = (site: Site, type: string, name: string, properties: unknown) => ({
  id: `${site.id}/${type}/${name}`,
  name,
  type: `${SITE_TYPE}/${type}`,
  location: site.location,
  properties,
});

type Policy = keyof Site['publishing'];

const route = (method: string, path: string, verb: string, handle: (call: Call) => Answer): Route => ({
  plane: 'arm',
  method,
  path: `${SITE}/${path}`,
  apiVersions: WEB_VERSIONS,
  action: `${SITE_TYPE}/${verb}`,
  handle: inOwnWords(handle),
});

/** A POST reads the settings, and a PUT replaces them as a whole; the other configuration can be read with GET. */
const configRoutes = (web: Web): Route[] => [
  {
    ...route('POST', 'config/appsettings/list', 'config/list/action', (call) => {
      const site = siteIn(web, call);
      return { status: 200, body: child(site, 'config', 'appsettings', site.settings) };
    }),
    readsOnly: true,
  },
  route('PUT', 'config/appsettings', 'config/write', (call) => {
    const { properties } = readWebBody(SETTINGS_PUT, call.body, 'Site.SiteConfig.AppSettings');
    refuseSettings(Object.keys(properties));
    const site = { ...siteIn(web, call), settings: properties };
    web.sites.put(site);
    web.hosting.restart(site);
    return { status: 200, body: child(site, 'config', 'appsettings', site.settings) };
  }),
  route('GET', 'config/web', 'config/read', (call) => {
    const site = siteIn(web, call);
    const { routesAll: vnetRouteAllEnabled } = site;
    const properties = { ...site.siteConfig, vnetRouteAllEnabled, appSettings: null, connectionStrings: null };
    return { status: 200, body: child(site, 'config', 'web', properties) };
  }),
];

/** Routes of the policies that say whether a password opens SCM and FTP; a token of Entra always does. */
const policyRoutes = (web: Web): Route[] => {
  const type = 'basicPublishingCredentialsPolicies';
  const shown = (site: Site, name: Policy) => child(site, type, name, { allow: site.publishing[name] });
  return (['scm', 'ftp'] as const).flatMap((name) => [
    route('GET', `${type}/${name}`, `${type}/${name}/read`, (call) => ({
      status: 200,
      body: shown(siteIn(web, call), name),
    })),
    route('PUT', `${type}/${name}`, `${type}/${name}/write`, (call) => {
      const { allow } = readWebBody(POLICY_PUT, call.body, 'CsmPublishingCredentialsPoliciesEntity').properties;
      const before = siteIn(web, call);
      const site = { ...before, publishing: { ...before.publishing, [name]: allow } };
      web.sites.put(site);
      return { status: 200, body: shown(site, name) };
    }),
  ]);
};

/** The resources below a site other than its code. */
export const settingsRoutes = (web: Web): Route[] => [...configRoutes(web), ...policyRoutes(web)];
