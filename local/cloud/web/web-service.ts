import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { sameId } from '../arm/resource-id.ts';
import type { FullWorld } from '../create-world.ts';
import type { GraphRow, Service, SimVerb } from '../service.ts';
import { deployRoutes } from './deploy-routes.ts';
import { functionRoutes } from './function-routes.ts';
import { planBody, planRoutes } from './plan-routes.ts';
import { settingsRoutes } from './settings-routes.ts';
import { siteBody } from './site-json.ts';
import { siteRoutes } from './site-routes.ts';
import { stackRoutes } from './stack-routes.ts';
import type { Web } from './web.ts';

const released = z.strictObject({
  file: z.string().min(1),
  path: z.string().startsWith('/').default('/released-package.zip'),
});

type Row = GraphRow & { location: string };

const rowsOf = (world: FullWorld): Row[] => {
  const { plans, sites } = world.web;
  const on = (planId: string) => sites.all().filter((site) => sameId(site.planId, planId)).length;
  return [
    ...plans.all().map((plan) => planBody(plan, on(plan.id))),
    ...sites.all().map((site) => siteBody(world, site)),
  ];
};

const snapshot = ({ sites, hosting, deployments, releases }: Web) => ({
  releases: releases.paths(),
  sites: sites.all().map((site) => ({
    id: site.id,
    port: hosting.host(site.id)?.port,
    errors: hosting.errors(site.id),
    functions: hosting.functions(site.id).map(({ name }) => name),
    deployments: deployments.of(site.id),
  })),
});

const releaseVerb = ({ releases }: Web): SimVerb => ({
  name: 'release',
  title: 'Put a file on the public host of releases, where a site can fetch its package',
  parameters: {
    file: 'path of the file on this machine',
    'path?': 'path of its URL; /released-package.zip when left out',
  },
  run: async (input) => {
    const { file, path } = released.parse(input);
    return { url: releases.publish(path, await readFile(file)) };
  },
});

/** Function apps on Flex Consumption, and the public host from which their code comes. */
export const webService = (world: FullWorld): Service => {
  const { web } = world;
  return {
    name: 'web',
    routes: [
      ...planRoutes(web),
      ...stackRoutes(),
      ...siteRoutes(world),
      ...settingsRoutes(web),
      ...deployRoutes(world, web),
      ...functionRoutes(web),
    ],
    breaks: [],
    repairs: [releaseVerb(web)],
    resources: () => rowsOf(world),
    graph: { resources: (id) => rowsOf(world).filter((row) => id === undefined || sameId(row.id, id)) },
    remove: (id) => {
      web.remove(id);
      web.plans.remove(id);
    },
    snapshot: () => snapshot(web),
  };
};
