import type { Traces } from '../monitor/traces.ts';
import type { SiteAddresses, World } from '../service.ts';
import { createAddresses } from './addresses.ts';
import { createDeployments, type Deployments } from './deployments.ts';
import { createHosting, type Hosting } from './hosting.ts';
import { createPlans, type Plans } from './plans.ts';
import { createReleases, type Releases } from './releases.ts';
import type { SiteRuntime } from './runtime.ts';
import { createSites, type Sites } from './sites.ts';
import type { Surroundings } from './surroundings.ts';

/** Plans, sites, and their hosts. */
export type Web = {
  plans: Plans;
  sites: Sites;
  hosting: Hosting;
  deployments: Deployments;
  /** The releases on the public host. */
  releases: Releases;
  addresses: SiteAddresses;
  /** Deletes a site with all its state. */
  remove(siteId: string): void;
  /** Called once, when the cloud around the sites exists. */
  surround(around: Surroundings): void;
  close(): Promise<void>;
};

/** @param traces takes the logs of hosts */
export const createWeb = (world: World, runtime: SiteRuntime, traces: Pick<Traces, 'enter'>): Web => {
  let surroundings: Surroundings | undefined;
  const around = (): Surroundings => {
    if (!surroundings) throw new Error('Sites are used while the world is being made.');
    return surroundings;
  };
  const plans = createPlans();
  const sites = createSites();
  const hosting = createHosting({ world, sites, runtime, traces, around });
  const deployments = createDeployments({ world, sites, hosting, around });
  return {
    plans,
    sites,
    hosting,
    deployments,
    releases: createReleases(),
    addresses: createAddresses(sites, hosting),
    remove: (siteId) => {
      const site = sites.get(siteId);
      if (!site) return;
      sites.remove(siteId);
      hosting.end(siteId);
      world.network.join(siteId, undefined);
      for (const one of site.identity.assigned) world.entra.detachIdentity(siteId, one);
      if (site.identity.hasOwn) world.entra.deleteIdentity(siteId);
      world.rbac.dropScope(siteId);
      world.changed({ kind: 'resourceDeleted', resourceId: siteId, at: world.clock.now() });
    },
    surround: (given) => {
      surroundings = given;
    },
    close: hosting.close,
  };
};
