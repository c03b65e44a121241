import { page } from '../arm/page.ts';
import { sameId } from '../arm/resource-id.ts';
import type { FullWorld } from '../create-world.ts';
import type { Answer, Call, Route } from '../service.ts';
import { putSite, siteIdOf } from './put-site.ts';
import type { Site } from './site.ts';
import { siteBody } from './site-json.ts';
import { GROUP, SITE, SITE_TYPE, WEB_VERSIONS } from './versions.ts';
import type { Web } from './web.ts';
import { inOwnWords, known } from './web-error.ts';

/** The site of a call, or 404. */
export const siteIn = ({ sites }: Pick<Web, 'sites'>, call: Call): Site =>
  known(sites.get(siteIdOf(call)), SITE_TYPE, call, call.params['site'] ?? '');

/** "By default, empty App Service plan is deleted" with its last app, unless the request says otherwise. */
const deleteSite = (web: Web, call: Call): Answer => {
  const found = web.sites.get(siteIdOf(call));
  if (!found) return { status: 204 };
  web.remove(found.id);
  const others = web.sites.all().some(({ planId }) => sameId(planId, found.planId));
  if (!others && call.query.get('deleteEmptyServerFarm') !== 'false') web.plans.remove(found.planId);
  return { status: 200 };
};

/** Microsoft.Web/sites themselves. */
export const siteRoutes = (world: FullWorld): Route[] => {
  const { web } = world;
  const route = (method: string, path: string, verb: string, handle: (call: Call) => Answer): Route => ({
    plane: 'arm',
    method,
    path,
    apiVersions: WEB_VERSIONS,
    action: `${SITE_TYPE}/${verb}`,
    handle: inOwnWords(handle),
  });
  const shown = (site: Site) => siteBody(world, site);
  const below = (call: Call) =>
    web.sites.all().filter(({ id }) => id.toLowerCase().startsWith(call.path.toLowerCase()));
  const power = (call: Call, stopped: boolean): Answer => {
    const site = { ...siteIn(web, call), stopped };
    web.sites.put(site);
    web.hosting.restart(site);
    return { status: 200 };
  };
  return [
    route('GET', `${GROUP}/providers/${SITE_TYPE}`, 'read', (call) => page(call, below(call).map(shown))),
    route('GET', SITE, 'read', (call) => ({ status: 200, body: shown(siteIn(web, call)) })),
    route('PUT', SITE, 'write', (call) => putSite(world, call)),
    route('DELETE', SITE, 'delete', (call) => deleteSite(web, call)),
    route('POST', `${SITE}/restart`, 'restart/action', (call) => {
      web.hosting.restart(siteIn(web, call));
      return { status: 200 };
    }),
    route('POST', `${SITE}/stop`, 'stop/action', (call) => power(call, true)),
    route('POST', `${SITE}/start`, 'start/action', (call) => power(call, false)),
  ];
};
