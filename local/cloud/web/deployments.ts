import { guid } from '../draw.ts';
import type { World } from '../service.ts';
import type { Hosting } from './hosting.ts';
import { obstaclesOf } from './obstacles.ts';
import { DeploymentFailed, readPackage } from './read-package.ts';
import type { Site } from './site.ts';
import type { Sites } from './sites.ts';
import { checkDeploymentStorage } from './store-package.ts';
import type { Surroundings } from './surroundings.ts';

/** The place of the package: a public URL, or the body of the request. */
export type PackageSource = { uri: string } | { bytes: Uint8Array };

/** The status codes of the deployment service. */
export const STATUS = { pending: 0, deploying: 2, failed: 3, success: 4 } as const;

export type Deployment = {
  id: string;
  siteId: string;
  receivedAt: number;
  endedAt: number | undefined;
  status: (typeof STATUS)[keyof typeof STATUS];
  /** The error, or the end of the deployment in words. */
  message: string;
};

export type Deployments = {
  /** Enters a deployment that has not begun. */
  receive(site: Site): Deployment;
  /** Fetches, checks, stores and starts the package. Rejects with DeploymentFailed, whose message the deployment then has too. */
  carryOut(deployment: Deployment, source: PackageSource): Promise<void>;
  /** The deployments of a site, the newest first. */
  of(siteId: string): Deployment[];
};

export type DeploymentParts = {
  world: Pick<World, 'clock' | 'seed' | 'entra' | 'rbac' | 'network'>;
  sites: Pick<Sites, 'get'>;
  hosting: Pick<Hosting, 'deploy'>;
  around(): Surroundings;
};

/** The platform fetches without any credential of the deployer. */
const fetched = async ({ get }: Surroundings, uri: string): Promise<Uint8Array> => {
  const { status, bytes } = await get(uri);
  if (status === 200 && bytes) return bytes;
  const { origin, pathname } = new URL(uri);
  throw new DeploymentFailed(
    `SourcePackageUriDownloadException: the package at ${origin}${pathname} cannot be downloaded: Response status code does not indicate success: ${status}.`,
  );
};

const deploy = async (
  { world, hosting, around }: DeploymentParts,
  site: Site,
  source: PackageSource,
): Promise<void> => {
  const bytes = 'bytes' in source ? source.bytes : await fetched(around(), source.uri);
  const files = readPackage(bytes);
  checkDeploymentStorage(world, around(), site);
  hosting.deploy(site, files);
  const obstacles = obstaclesOf(world, around(), site);
  if (obstacles.length > 0)
    throw new DeploymentFailed(
      `Function triggers synchronization failed due to Response status code does not indicate success: 500 (Internal Server Error). ${obstacles.join(' ')}`,
    );
};

export const createDeployments = (parts: DeploymentParts): Deployments => {
  const all: Deployment[] = [];
  const end = (deployment: Deployment, status: Deployment['status'], message: string): void => {
    Object.assign(deployment, { status, message, endedAt: parts.world.clock.now() });
  };
  return {
    of: (siteId) => all.filter((one) => one.siteId.toLowerCase() === siteId.toLowerCase()).toReversed(),
    receive: ({ id: siteId }) => {
      const id = guid(parts.world.seed, 'deployment', all.length);
      const made: Deployment = {
        id,
        siteId,
        receivedAt: parts.world.clock.now(),
        endedAt: undefined,
        status: STATUS.pending,
        message: '',
      };
      all.push(made);
      return made;
    },
    carryOut: async (deployment, source) => {
      const site = parts.sites.get(deployment.siteId);
      deployment.status = STATUS.deploying;
      try {
        if (!site) throw new DeploymentFailed('The site is gone.');
        await deploy(parts, site, source);
        end(deployment, STATUS.success, 'Deployment successful.');
      } catch (error) {
        end(deployment, STATUS.failed, error instanceof Error ? error.message : String(error));
        throw error;
      }
    },
  };
};
