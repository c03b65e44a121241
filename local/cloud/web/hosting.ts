import type { Traces } from '../monitor/traces.ts';
import type { World } from '../service.ts';
import { environmentOf } from './environment.ts';
import { beginLife, type Life } from './life.ts';
import { obstaclesOf } from './obstacles.ts';
import type { IndexedFunction, PackageFiles, SiteHost, SiteRuntime } from './runtime.ts';
import type { Site } from './site.ts';
import type { Sites } from './sites.ts';
import type { Surroundings } from './surroundings.ts';

/** The hosts of the sites of a world. */
export type Hosting = {
  /** Sets the package that runs from the next start on. */
  deploy(site: Site, files: PackageFiles): void;
  /** Ends the running host, and starts the deployed package again, unless the site is stopped. */
  restart(site: Site): void;
  /** Ends the host for good, and deletes its code. */
  end(siteId: string): void;
  /** The host, while it runs. */
  host(siteId: string): SiteHost | undefined;
  /** The reasons why the host does not run; none where it runs, or where there is no code to run. */
  errors(siteId: string): readonly string[];
  /** The functions that the site lists: those of its host, once its triggers are synchronised. */
  functions(siteId: string): readonly IndexedFunction[];
  /** Lists the functions at once; false where no host runs. */
  synchronise(siteId: string): boolean;
  close(): Promise<void>;
};

export type HostingParts = {
  world: Pick<World, 'clock' | 'log' | 'entra' | 'rbac' | 'network' | 'switches'>;
  sites: Pick<Sites, 'get'>;
  runtime: SiteRuntime;
  traces: Pick<Traces, 'enter'>;
  around(): Surroundings;
};

type Hosted = { files?: PackageFiles; life?: Life; listed: readonly IndexedFunction[] };

/** The host writes two such lines for every invocation, too many for a person who watches the cloud. */
const INVOCATION = /^\[[^\]]+\] (?:[a-z]+: )?Execut(?:ing|ed) 'Functions\./;

const DEFAULT_INDEX_SECONDS = 10;

const runningOf = (hosted: Hosted | undefined) => {
  const state = hosted?.life?.state();
  return state?.kind === 'running' ? state : undefined;
};

/** Runs a site with this code. `index` is called with its host some seconds after every start. */
const lifeOf = (
  { world, sites, runtime, traces, around }: HostingParts,
  { id, name }: Site,
  files: PackageFiles,
  index: (host: SiteHost) => void,
): Life => {
  const log = (line: string): void => {
    const site = sites.get(id);
    if (site) traces.enter(site, line);
    if (!INVOCATION.test(line)) world.log(line);
  };
  const indexSeconds = (): number => world.switches.functionIndexSeconds ?? DEFAULT_INDEX_SECONDS;
  return beginLife({
    world,
    runtime,
    obstacles: () => {
      const site = sites.get(id);
      return site ? obstaclesOf(world, around(), site) : ['The site is gone.'];
    },
    spec: () => {
      const site = sites.get(id);
      return { name, files, environment: site ? environmentOf(around(), site) : {}, log };
    },
    started: (host) => void world.clock.setTimeout(() => index(host), indexSeconds() * 1_000),
  });
};

export const createHosting = (parts: HostingParts): Hosting => {
  const all = new Map<string, Hosted>();
  const of = (siteId: string): Hosted => {
    const found = all.get(siteId.toLowerCase()) ?? { listed: [] };
    all.set(siteId.toLowerCase(), found);
    return found;
  };
  /** Azure Resource Manager keeps the functions that it has listed: the list stays when the host has ended. */
  const index = (siteId: string, host: SiteHost): void => {
    const hosted = of(siteId);
    if (runningOf(hosted)?.host === host) hosted.listed = host.functions;
  };
  const restart = (site: Site): void => {
    const hosted = of(site.id);
    void hosted.life?.end();
    delete hosted.life;
    if (hosted.files && !site.stopped) hosted.life = lifeOf(parts, site, hosted.files, (host) => index(site.id, host));
  };
  return {
    restart,
    deploy: (site, files) => {
      of(site.id).files = files;
      restart(site);
    },
    end: (siteId) => {
      void of(siteId).life?.end();
      all.delete(siteId.toLowerCase());
    },
    host: (siteId) => runningOf(all.get(siteId.toLowerCase()))?.host,
    errors: (siteId) => {
      const state = all.get(siteId.toLowerCase())?.life?.state();
      return state?.kind === 'starting' ? state.errors : [];
    },
    functions: (siteId) => all.get(siteId.toLowerCase())?.listed ?? [],
    synchronise: (siteId) => {
      const hosted = of(siteId);
      const running = runningOf(hosted);
      if (running) hosted.listed = running.host.functions;
      return running !== undefined;
    },
    close: async () => {
      await Promise.all([...all.values()].map(({ life }) => life?.end()));
    },
  };
};
