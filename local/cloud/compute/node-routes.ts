import { z } from 'zod';
import { AzureError } from '../arm/error.ts';
import { page } from '../arm/page.ts';
import type { Call, Route, World } from '../service.ts';
import type { Compute } from './compute.ts';
import { accepted } from './compute-operations.ts';
import { COMPUTE_TYPES, type ScaleSet, type ScaleSetNode } from './compute-resource.ts';
import { resourceIn } from './find-resource.ts';
import { instanceViewJson } from './machine-json.ts';
import { nodeJson, nodesViewJson } from './node-json.ts';
import { GROUP } from './read-routes.ts';

const type = COMPUTE_TYPES.scaleSet;

/** The nodes of an action; all nodes where the request names none. */
const chosen = z.looseObject({ instanceIds: z.array(z.string()).optional() });

const nodesIn = (set: ScaleSet, { body }: Call): ScaleSetNode[] => {
  const { instanceIds } = chosen.parse(body ?? {});
  return set.nodes.filter(({ instanceId }) => instanceIds === undefined || instanceIds.includes(instanceId));
};

const nodeIn = ({ nodes }: ScaleSet, { params }: Call): ScaleSetNode => {
  const found = nodes.find(({ instanceId }) => instanceId === params['node']);
  if (found) return found;
  throw new AzureError(404, 'NotFound', `The entity was not found: instance ${params['node']}.`);
};

const isViewed = ({ query }: Call): boolean => /instanceView/i.test(query.get('$expand') ?? '');

/** Nodes of a uniform scale set: read, start and stop. */
export const nodeRoutes = (world: World, compute: Compute, apiVersions: string[]): Route[] => {
  const of = (call: Call) => resourceIn(compute.scaleSets, type, call);
  const route = (method: string, tail: string, action: string, handle: Route['handle']): Route => ({
    plane: 'arm',
    method,
    path: `${GROUP}/${type}/{name}${tail}`,
    apiVersions,
    action: `${type}/${action}`,
    handle,
  });
  const work = (run: (set: ScaleSet, node: ScaleSetNode) => Promise<void>) => (call: Call) => {
    const set = of(call);
    const nodes = nodesIn(set, call);
    return accepted(world, call, set, {
      resource: 'operations',
      seconds: 60,
      run: async () => {
        for (const node of nodes) await run(set, node);
      },
    });
  };
  const stop = (power: 'stopped' | 'deallocated') => work(async (_set, node) => compute.stopNode(node, power));
  return [
    route('GET', '/instanceView', 'instanceView/read', (call) => ({ status: 200, body: nodesViewJson(of(call)) })),
    route('GET', '/virtualMachines', 'virtualMachines/read', (call) =>
      page(
        call,
        of(call).nodes.map((node) => nodeJson(of(call), node, isViewed(call))),
      ),
    ),
    route('GET', '/virtualMachines/{node}', 'virtualMachines/read', (call) => ({
      status: 200,
      body: nodeJson(of(call), nodeIn(of(call), call), isViewed(call)),
    })),
    route('GET', '/virtualMachines/{node}/instanceView', 'virtualMachines/instanceView/read', (call) => ({
      status: 200,
      body: instanceViewJson(nodeIn(of(call), call)),
    })),
    route(
      'POST',
      '/start',
      'start/action',
      work(async (set, node) => {
        const refusal = await compute.startNode(set, node);
        if (refusal) throw new AzureError(409, refusal.code, refusal.message);
      }),
    ),
    route('POST', '/powerOff', 'powerOff/action', stop('stopped')),
    route('POST', '/deallocate', 'deallocate/action', stop('deallocated')),
  ];
};
