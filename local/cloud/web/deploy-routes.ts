import { z } from 'zod';
import { AzureError } from '../arm/error.ts';
import { operationRoutes } from '../arm/operation-routes.ts';
import type { Answer, Call, Route, World } from '../service.ts';
import { deploymentJson } from './deployment-json.ts';
import { type Deployment, STATUS } from './deployments.ts';
import type { Site } from './site.ts';
import { siteIn } from './site-routes.ts';
import { asArmError } from './store-package.ts';
import { DEPLOY_VERSIONS, SITE, SITE_TYPE } from './versions.ts';
import type { Web } from './web.ts';
import { inOwnWords, readWebBody } from './web-error.ts';

const DEPLOY_SECONDS = 20;
const POLL_SECONDS = 5;

/** The body of OneDeploy; Microsoft's types have no properties for it. */
const ONE_DEPLOY = z.object({
  properties: z.object({
    packageUri: z.url({ protocol: /^https$/, error: 'must be an https URL' }),
    type: z.literal('zip').default('zip'),
    remoteBuild: z.literal(false, { error: 'the local cloud builds nothing: remoteBuild is false' }).default(false),
  }),
});

const STATES: Record<Deployment['status'], string> = {
  [STATUS.pending]: 'InProgress',
  [STATUS.deploying]: 'InProgress',
  [STATUS.failed]: 'Failed',
  [STATUS.success]: 'Succeeded',
};

const extensionBody = (site: Site, deployment: Deployment) => ({
  id: `${site.id}/extensions/onedeploy`,
  name: 'onedeploy',
  type: `${SITE_TYPE}/extensions`,
  location: site.location,
  properties: { ...deploymentJson(site, deployment), provisioningState: STATES[deployment.status] },
});

/** Begins to deploy. No document says how Azure answers, so a switch decides: an operation to poll, or the result at once. */
const deploy = async (world: World, web: Web, call: Call): Promise<Answer> => {
  const { packageUri: uri } = readWebBody(ONE_DEPLOY, call.body, 'OneDeploy').properties;
  const site = siteIn(web, call);
  const deployment = web.deployments.receive(site);
  const run = async () => {
    await web.deployments.carryOut(deployment, { uri }).catch((error) => Promise.reject(asArmError(error)));
    return extensionBody(site, deployment);
  };
  if (world.switches.oneDeploy === 'done') return { status: 200, body: await run() };
  const { headers } = world.operations.start({
    target: site.id,
    provider: 'Microsoft.Web',
    location: site.location.replaceAll(' ', '').toLowerCase(),
    seconds: DEPLOY_SECONDS,
    retryAfter: POLL_SECONDS,
    apiVersion: call.apiVersion,
    run,
  });
  return { status: 202, headers, body: extensionBody(site, deployment) };
};

/** Code by ARM: `sites/extensions/onedeploy`. */
export const deployRoutes = (world: World, web: Web): Route[] => {
  const route = (method: string, verb: string, handle: Route['handle']): Route => ({
    plane: 'arm',
    method,
    path: `${SITE}/extensions/onedeploy`,
    apiVersions: DEPLOY_VERSIONS,
    action: `${SITE_TYPE}/extensions/${verb}`,
    handle: inOwnWords(handle),
  });
  return [
    route('PUT', 'write', (call) => deploy(world, web, call)),
    route('GET', 'read', (call) => {
      const site = siteIn(web, call);
      const [latest] = web.deployments.of(site.id);
      if (latest) return { status: 200, body: extensionBody(site, latest) };
      throw new AzureError(404, 'NotFound', `There is no deployment of ${site.name}.`);
    }),
    ...operationRoutes(world.operations, 'Microsoft.Web', DEPLOY_VERSIONS),
  ];
};
