import { armAudiences } from '../arm/authenticate.ts';
import type { Caller } from '../caller.ts';
import type { Verified, Verifier } from '../entra/verify-token.ts';
import type { Incoming } from '../incoming.ts';
import type { Plane } from '../plane.ts';
import type { Answer, World } from '../service.ts';
import { deploymentJson } from './deployment-json.ts';
import { SCM_DOMAIN, type Site } from './site.ts';
import type { Web } from './web.ts';

const PUBLISH = 'Microsoft.Web/sites/publish/action';
const BEGIN_AFTER_MS = 5_000;

/** Audiences of accepted tokens: Azure Resource Manager, as azd sends, and App Service, as the Azure CLI does. */
const AUDIENCES = [...armAudiences, 'https://appservice.azure.com', 'https://appservice.azure.com/'];

const siteAt = ({ sites }: Web, host: string): Site | undefined => sites.named(host.slice(0, -SCM_DOMAIN.length));

/** The caller that may deploy, or the refusal. Only a token is accepted, since the cloud has no publishing passwords. */
const callerIn = ({ rbac }: Pick<World, 'rbac'>, { id }: Site, verified: Verified): Caller | Answer => {
  if (verified.kind !== 'caller') return { status: 401, headers: { 'www-authenticate': 'Basic realm="site"' } };
  const { objectId: principalId } = verified.caller;
  return rbac.allows({ principalId, action: PUBLISH, scope: id }) ? verified.caller : { status: 403 };
};

const publish = (world: World, { deployments }: Web, site: Site, { query, bytes }: Incoming): Answer => {
  if (query.get('RemoteBuild')?.toLowerCase() === 'true')
    return { status: 400, body: { message: 'the local cloud builds nothing: leave RemoteBuild out' } };
  const deployment = deployments.receive(site);
  const work = () =>
    deployments
      .carryOut(deployment, { bytes })
      .catch((error: Error) => world.log(`deployment of ${site.name}: ${error.message}`));
  world.clock.setTimeout(() => void world.clock.hold(work), BEGIN_AFTER_MS);
  return { status: 202, body: deployment.id };
};

const deploymentAt = ({ deployments }: Web, site: Site, id: string): Answer => {
  const own = deployments.of(site.id);
  const found = id === 'latest' ? own[0] : own.find((one) => one.id === id);
  if (!found) return { status: 404, body: { Message: `No deployment '${id}' found.` } };
  return { status: found.endedAt === undefined ? 202 : 200, body: deploymentJson(site, found) };
};

/** The routes of the SCM site of Flex Consumption: `/api/zipdeploy` is not there (terraform-provider-azurerm#29630). */
const answer = (world: World, web: Web, site: Site, incoming: Incoming): Answer => {
  const { method, path } = incoming;
  const [, one] = /^\/api\/deployments\/([^/]+)$/i.exec(path) ?? [];
  if (method === 'POST' && /^\/api\/publish$/i.test(path)) return publish(world, web, site, incoming);
  if (method === 'GET' && one !== undefined) return deploymentAt(web, site, one);
  if (method === 'GET' && /^\/api\/deployments$/i.test(path))
    return { status: 200, body: web.deployments.of(site.id).map((each) => deploymentJson(site, each)) };
  return { status: 404 };
};

/** https://{site}.scm.azurewebsites.net: deployment for tools on a person's machine. */
export const createScmPlane = (world: World, web: Web, verify: Verifier): Plane => ({
  prepare: async (incoming) => {
    const verified = await verify(incoming.headers['authorization'], AUDIENCES);
    const { method, host, path } = incoming;
    return {
      name: `${method} https://{site}${SCM_DOMAIN}${path.replace(/^(\/api\/deployments\/).*/i, '$1{id}')}`,
      mutating: method !== 'GET',
      ...(verified.kind === 'caller' && { caller: verified.caller }),
      run: async () => {
        const site = siteAt(web, host);
        if (!site) return { status: 404 };
        const caller = callerIn(world, site, verified);
        return 'status' in caller ? caller : answer(world, web, site, incoming);
      },
    };
  },
});
