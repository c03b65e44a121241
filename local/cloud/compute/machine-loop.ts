import type { World } from '../service.ts';
import type { ById } from './by-id.ts';
import type { Powered, ScaleSet, VirtualMachine } from './compute-resource.ts';
import type { DiskEncryptionSet } from './disk-encryption-set.ts';
import { RUNNING, refusalOf } from './key-access.ts';
import { type Disks, setsOf, setsOfNodes } from './machine-disks.ts';
import { shutDown } from './power.ts';

const DEFAULT_CHECK_SECONDS = 60;

/** "After one hour" the machines of a lost key fail and are shut down (Server-side encryption of Azure Disk Storage). */
const DEFAULT_SHUTDOWN_SECONDS = 3_600;

export type MachineLoop = {
  /** Begins the checks, if they are not under way. */
  watch(): void;
  /** The key of every running machine is used now. */
  checkNow(): Promise<void>;
};

type All = { machines: ById<VirtualMachine>; scaleSets: ById<ScaleSet> };

/** One tick for all running machines and nodes; it stops when none runs on disks with a customer's key. */
export const createMachineLoop = (world: World, all: All, disks: Disks): MachineLoop => {
  let ticking = false;

  const running = () => {
    const bySet = new Map<DiskEncryptionSet, Powered[]>();
    const add = (powered: Powered, sets: DiskEncryptionSet[]) => {
      if (powered.power !== 'running') return;
      for (const set of sets) bySet.set(set, [...(bySet.get(set) ?? []), powered]);
    };
    for (const machine of all.machines.all()) add(machine, setsOf(disks, machine));
    for (const scaleSet of all.scaleSets.all())
      for (const node of scaleSet.nodes) add(node, setsOfNodes(disks, scaleSet));
    return bySet;
  };
  const checkNow = async () => {
    for (const [set, own] of running()) await check(world, set, own);
  };
  const watch = () => {
    if (ticking || running().size === 0) return;
    ticking = true;
    world.clock.setTimeout(tick, (world.switches.keyCheckSeconds ?? DEFAULT_CHECK_SECONDS) * 1000);
  };
  const tick = () => {
    void world.clock
      .hold(checkNow)
      .catch((error) => world.log(`the disks could not check their keys: ${error}`))
      .finally(() => {
        ticking = false;
        watch();
      });
  };
  return { watch, checkNow };
};

const check = async (world: World, set: DiskEncryptionSet, machines: Powered[]): Promise<void> => {
  const reason = await refusalOf(world, set, RUNNING);
  const at = world.clock.now();
  if (!reason) {
    delete set.loss;
    return;
  }
  set.loss ??= { at, reason };
  const patience = world.switches.diskShutdownAfterSeconds ?? DEFAULT_SHUTDOWN_SECONDS;
  if (at - set.loss.at < patience * 1000) return;
  for (const machine of machines) shutDown(world, machine, reason);
  delete set.loss;
};
