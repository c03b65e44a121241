import type { Incoming } from '../incoming.ts';
import type { Plane } from '../plane.ts';
import type { Answer, World } from '../service.ts';
import { forward } from './forward.ts';
import { SITE_DOMAIN } from './site.ts';
import type { Web } from './web.ts';

/** The port of a host that runs beside the cloud, by the name of its site; undefined where no host runs. */
export type HostBeside = (site: string) => number | undefined;

const words = (status: number, text: string): Answer => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  bytes: Buffer.from(text),
});

type Parts = { readonly web: Web; readonly hostBeside: HostBeside };

/** The answer of a site: by Azure's front end, or by the site's host. */
const answer = async ({ clock }: Pick<World, 'clock'>, parts: Parts, incoming: Incoming): Promise<Answer> => {
  const { web, hostBeside } = parts;
  const name = incoming.host.slice(0, -SITE_DOMAIN.length);
  const site = web.sites.named(name);
  const beside = site ? undefined : hostBeside(name);
  if (beside !== undefined) return forward(clock, beside, incoming);
  if (!site) return words(404, '404 Web Site not found.');
  if (site.stopped) return words(403, 'Error 403 - This web app is stopped.');
  const host = web.hosting.host(site.id);
  return host ? forward(clock, host.port, incoming) : words(503, 'Function host is not running.');
};

/** https://{site}.azurewebsites.net: Azure's front end, behind which the embedded host answers. */
export const createSitePlane = (world: Pick<World, 'clock'>, parts: Parts): Plane => ({
  prepare: async (incoming) => ({
    name: `${incoming.method} https://{site}${SITE_DOMAIN}/*`,
    mutating: false,
    relayed: true,
    run: () => answer(world, parts, incoming),
  }),
});
