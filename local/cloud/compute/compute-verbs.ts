import { recordManualAct } from '../activity-log/record-manual-act.ts';
import { removeIdentities } from '../managed-identity/remove-identities.ts';
import type { SimVerb, World } from '../service.ts';
import type { ById } from './by-id.ts';
import type { Compute } from './compute.ts';
import { COMPUTE_TYPES, type ScaleSet } from './compute-resource.ts';
import type { SetRefusal } from './disk-encryption-set.ts';
import { identityNotFound } from './key-access.ts';

const SET = { set: 'name or resource id of a disk encryption set' };
const MACHINE = { vm: 'name or resource id of a virtual machine' };

type Named = { id: string; name: string };

/** Verbs that act on disks and machines from outside of Azure's own API. */
export const computeVerbs = (world: World, compute: Compute): { breaks: SimVerb[]; repairs: SimVerb[] } => ({
  breaks: [
    breakRotation(world, compute),
    removeDiskIdentity(world, compute),
    stopMachine(world, compute),
    stopNodes(world, compute),
  ],
  repairs: [startMachine(world, compute), startNodes(world, compute)],
});

const breakRotation = (world: World, { sets }: Compute): SimVerb => ({
  name: 'break-rotation',
  title: 'The automatic rotation of a disk encryption set fails and is not tried again',
  parameters: SET,
  run: (input) => {
    const set = named(sets, 'set', input);
    set.autoKeyRotationError = identityNotFound(set);
    world.changed({ kind: 'diskSetChanged', resourceId: set.id, at: world.clock.now() });
    return { set: set.id, autoKeyRotationError: set.autoKeyRotationError };
  },
});

const removeDiskIdentity = (world: World, { sets }: Compute): SimVerb => ({
  name: 'remove-disk-identity',
  title: 'The identities with which a disk encryption set uses its key are deleted from Entra',
  parameters: SET,
  run: (input) => {
    const set = named(sets, 'set', input);
    return { set: set.id, deleted: removeIdentities(world, [set.id, ...Object.keys(set.identity.user)]) };
  },
});

const stopMachine = (world: World, compute: Compute): SimVerb => ({
  name: 'stop-vm',
  title: 'Somebody deallocates a virtual machine on purpose: not an incident',
  parameters: MACHINE,
  run: (input) => {
    const machine = named(compute.machines, 'vm', input);
    compute.stop(machine, 'deallocated');
    recordManualAct(world, { target: machine.id, operationName: `${COMPUTE_TYPES.machine}/deallocate/action` });
    return { vm: machine.id, power: machine.power };
  },
});

const startMachine = (world: World, compute: Compute): SimVerb => ({
  name: 'start-vm',
  title: 'Somebody starts a virtual machine, if the keys of its disks can be used',
  parameters: MACHINE,
  run: async (input) => {
    const machine = named(compute.machines, 'vm', input);
    const refusal = await compute.start(machine);
    if (!refusal)
      recordManualAct(world, { target: machine.id, operationName: `${COMPUTE_TYPES.machine}/start/action` });
    return { vm: machine.id, power: machine.power, ...(refusal ? { refusal } : {}) };
  },
});

const NODES = { scaleSet: 'name or resource id of a scale set' };

const powersOf = ({ id, nodes }: ScaleSet) => ({ scaleSet: id, power: nodes.map(({ power }) => power) });

const stopNodes = (world: World, compute: Compute): SimVerb => ({
  name: 'stop-nodes',
  title: 'Somebody deallocates every node of a scale set on purpose: not an incident',
  parameters: NODES,
  run: (input) => {
    const set = named(compute.scaleSets, 'scaleSet', input);
    for (const node of set.nodes) compute.stopNode(node, 'deallocated');
    recordManualAct(world, { target: set.id, operationName: `${COMPUTE_TYPES.scaleSet}/deallocate/action` });
    return powersOf(set);
  },
});

const startNodes = (world: World, compute: Compute): SimVerb => ({
  name: 'start-nodes',
  title: 'Somebody starts the nodes of a scale set, if the key of its disks can be used',
  parameters: NODES,
  run: async (input) => {
    const set = named(compute.scaleSets, 'scaleSet', input);
    let refusal: SetRefusal | undefined;
    for (const node of set.nodes) refusal ??= await compute.startNode(set, node);
    if (!refusal) recordManualAct(world, { target: set.id, operationName: `${COMPUTE_TYPES.scaleSet}/start/action` });
    return { ...powersOf(set), ...(refusal ? { refusal } : {}) };
  },
});

const named = <T extends Named>(resources: ById<T>, parameter: string, input: Record<string, unknown>): T => {
  const wanted = String(input[parameter] ?? '').toLowerCase();
  const found = resources.all().filter(({ name, id }) => [name, id].some((each) => each.toLowerCase() === wanted));
  if (found.length === 1 && found[0]) return found[0];
  const known = resources.all().map(({ id }) => id);
  throw new Error(`'${parameter}' must be one of ${known.join(', ') || '(there is none)'}; it is '${wanted}'.`);
};
