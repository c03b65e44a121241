import { authorizationFailed } from '../arm/authorize.ts';
import { AzureError } from '../arm/error.ts';
import type { Answer, Call, Route, World } from '../service.ts';
import type { Compute } from './compute.ts';
import { accepted, provisioningState } from './compute-operations.ts';
import { COMPUTE_TYPES, type VirtualMachine } from './compute-resource.ts';
import { resourceIn } from './find-resource.ts';
import { instanceViewJson, machineJson, scaleSetJson } from './machine-json.ts';
import { nodeRoutes } from './node-routes.ts';
import { GROUP, readRoutes } from './read-routes.ts';

const type = COMPUTE_TYPES.machine;

/** Api-versions that @azure/arm-compute 24 and 25, Terraform and the Azure CLI send for machines and scale sets. */
export const MACHINE_VERSIONS = [
  '2022-11-01',
  '2023-03-01',
  '2024-07-01',
  '2024-11-01',
  '2025-04-01',
  '2025-11-01',
  '2026-03-01',
  '2026-04-01',
];

const apiVersions = MACHINE_VERSIONS;

/** Microsoft.Compute/virtualMachines and virtualMachineScaleSets: read, start and stop. Only builders of worlds make them. */
export const machineRoutes = (world: World, compute: Compute): Route[] => {
  const route = (method: string, tail: string, action: string, handle: Route['handle']): Route => ({
    plane: 'arm',
    method,
    path: `${GROUP}/${type}/{name}${tail}`,
    apiVersions,
    action: `${type}/${action}`,
    handle,
  });
  const of = (call: Call) => resourceIn(compute.machines, type, call);
  const json = (machine: VirtualMachine, { query, caller }: Call) => {
    const expand = query.get('$expand') ?? '';
    if (isViewed(expand)) demandView(world, caller, machine.id);
    return shownMachine(world, compute, machine, expand);
  };
  const stop = (power: 'stopped' | 'deallocated') => (call: Call) => {
    const machine = of(call);
    return accepted(world, call, machine, {
      resource: 'operations',
      seconds: 30,
      run: async () => compute.stop(machine, power),
    });
  };
  return [
    ...readRoutes({ type, apiVersions, resources: compute.machines, json }),
    ...readRoutes({ type: COMPUTE_TYPES.scaleSet, apiVersions, resources: compute.scaleSets, json: scaleSetJson }),
    ...nodeRoutes(world, compute, apiVersions),
    route('GET', '/instanceView', 'instanceView/read', (call) => ({ status: 200, body: instanceViewJson(of(call)) })),
    route('POST', '/start', 'start/action', (call) => start(world, compute, of(call), call)),
    route('POST', '/powerOff', 'powerOff/action', stop('stopped')),
    route('POST', '/deallocate', 'deallocate/action', stop('deallocated')),
  ];
};

const isViewed = (expand: string): boolean => /\binstanceView\b/i.test(expand);

/**
 * No document says whether a caller that reads a machine with its view also needs the action of the view: this cloud demands it.
 */
const demandView = ({ rbac }: World, caller: Call['caller'], scope: string): void => {
  const action = `${COMPUTE_TYPES.machine}/instanceView/read`;
  if (!rbac.allows({ principalId: caller.objectId, action, scope })) throw authorizationFailed(caller, action, scope);
};

const shownMachine = (world: World, compute: Compute, machine: VirtualMachine, expand: string) => {
  const body = machineJson(machine, compute, provisioningState(world, machine.id));
  if (!isViewed(expand)) return body;
  return { ...body, properties: { ...body.properties, instanceView: instanceViewJson(machine) } };
};

const start = (world: World, compute: Compute, machine: VirtualMachine, call: Call): Answer =>
  accepted(world, call, machine, {
    resource: 'operations',
    seconds: 60,
    run: async () => {
      const refusal = await compute.start(machine);
      if (refusal) throw new AzureError(409, refusal.code, refusal.message);
    },
  });
