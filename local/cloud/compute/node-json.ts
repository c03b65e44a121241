import { COMPUTE_TYPES, type PowerState, type ScaleSet, type ScaleSetNode } from './compute-resource.ts';
import { instanceViewJson } from './machine-json.ts';

/** `VirtualMachineScaleSetVM` of Microsoft.Compute 2026-03-01; the power state only where the instance view is asked for. */
export const nodeJson = ({ location, size }: ScaleSet, node: ScaleSetNode, isViewed: boolean) => ({
  id: node.id,
  name: `${node.id.split('/').at(-3)}_${node.instanceId}`,
  type: `${COMPUTE_TYPES.scaleSet}/virtualMachines`,
  location,
  instanceId: node.instanceId,
  sku: { name: size, tier: 'Standard' },
  properties: {
    latestModelApplied: true,
    provisioningState: 'Succeeded',
    ...(isViewed ? { instanceView: instanceViewJson(node) } : {}),
  },
});

/** `VirtualMachineScaleSetInstanceView`: how many nodes are in which state. */
export const nodesViewJson = ({ nodes }: ScaleSet) => {
  const powers = [...new Set(nodes.map(({ power }) => power))];
  const count = (wanted: PowerState) => nodes.filter(({ power }) => power === wanted).length;
  return {
    virtualMachine: {
      statusesSummary: [
        { code: 'ProvisioningState/succeeded', count: nodes.length },
        ...powers.map((power) => ({ code: `PowerState/${power}`, count: count(power) })),
      ],
    },
    statuses: [{ code: 'ProvisioningState/succeeded', level: 'Info', displayStatus: 'Provisioning succeeded' }],
  };
};
