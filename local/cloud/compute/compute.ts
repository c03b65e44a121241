import type { World } from '../service.ts';
import { addCluster, addPool, type ClusterSpec, type PoolSpec, removePool } from './add-cluster.ts';
import { type DiskSpec, type MachineSpec, newDisk, newMachine } from './add-machine.ts';
import { newSet, type SetSpec } from './add-set.ts';
import { type ById, createById } from './by-id.ts';
import type { AgentPool, Cluster, Disk, ScaleSet, ScaleSetNode, VirtualMachine } from './compute-resource.ts';
import type { DiskEncryptionSet, SetRefusal } from './disk-encryption-set.ts';
import { setsOf, setsOfNodes } from './machine-disks.ts';
import { createMachineLoop } from './machine-loop.ts';
import { shutDown, startMachine, stopMachine } from './power.ts';
import { type CurrentVersion, followVersions, rotate } from './rotation.ts';

export type ComputeState = {
  sets: ById<DiskEncryptionSet>;
  disks: ById<Disk>;
  machines: ById<VirtualMachine>;
  scaleSets: ById<ScaleSet>;
  clusters: ById<Cluster>;
};

/** Disks, machines and clusters with their encryption sets, for routes, verbs and builders of worlds. */
export type Compute = ComputeState & {
  addSet(spec: SetSpec): DiskEncryptionSet;
  addDisk(spec: DiskSpec): Disk;
  /** A running machine; its OS disk is made, with the encryption set of the spec. */
  addMachine(spec: MachineSpec): VirtualMachine;
  /** A cluster with a scale set for each pool in its node resource group. */
  addCluster(spec: ClusterSpec): Cluster;
  /** A pool with its scale set; one of that name is changed. */
  addPool(cluster: Cluster, spec: PoolSpec): AgentPool;
  removePool(cluster: Cluster, name: string): void;
  start(machine: VirtualMachine): Promise<SetRefusal | undefined>;
  stop(machine: VirtualMachine, power: 'stopped' | 'deallocated'): void;
  shutDown(machine: VirtualMachine, reason: SetRefusal): void;
  startNode(scaleSet: ScaleSet, node: ScaleSetNode): Promise<SetRefusal | undefined>;
  stopNode(node: ScaleSetNode, power: 'stopped' | 'deallocated'): void;
  /** The key of every running machine is used now instead of at the next tick. */
  checkNow(): Promise<void>;
  /** Tries the rotation that is due, as at the end of an update. */
  rotate(set: DiskEncryptionSet): Promise<void>;
};

export const createCompute = (world: World, current: CurrentVersion): Compute => {
  const state: ComputeState = {
    sets: createById(),
    disks: createById(),
    machines: createById(),
    scaleSets: createById(),
    clusters: createById(),
  };
  const loop = createMachineLoop(world, state, state);
  followVersions(world, state.sets, current);
  return {
    ...state,
    addSet: (spec) => state.sets.put(newSet(world, spec)),
    addDisk: (spec) => state.disks.put(newDisk(world, spec)),
    addMachine: (spec) => {
      const machine = newMachine(world, state, spec);
      loop.watch();
      return machine;
    },
    addCluster: (spec) => {
      const cluster = addCluster(world, state, spec);
      loop.watch();
      return cluster;
    },
    addPool: (cluster, spec) => {
      const pool = addPool(world, state, cluster, spec);
      loop.watch();
      return pool;
    },
    removePool: (cluster, name) => removePool(state, cluster, name),
    start: async (machine) => {
      const refusal = await startMachine(world, machine, setsOf(state, machine));
      loop.watch();
      return refusal;
    },
    stop: (machine, power) => stopMachine(world, machine, power),
    startNode: async (scaleSet, node) => {
      const refusal = await startMachine(world, node, setsOfNodes(state, scaleSet));
      loop.watch();
      return refusal;
    },
    stopNode: (node, power) => stopMachine(world, node, power),
    shutDown: (machine, reason) => shutDown(world, machine, reason),
    checkNow: loop.checkNow,
    rotate: (set) => rotate(world, set, current),
  };
};
