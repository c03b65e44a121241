import type { World } from '../room.ts';
import type { ById } from './by-id.ts';
import type { VirtualMachine } from './compute-resource.ts';
import type { DiskEncryptionSet } from './disk-encryption-set.ts';
import { RUNNING, refusalOf } from './key-access.ts';
import { type Disks, setsOf } from './machine-disks.ts';
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

/** One tick for all running machines; it stops when none runs on disks with a customer's key. */
export const createMachineLoop = (world: World, machines: ById<VirtualMachine>, disks: Disks): MachineLoop => {
  let ticking = false;

  const running = () => {
    const bySet = new Map<DiskEncryptionSet, VirtualMachine[]>();
    for (const machine of machines.all()) {
      if (machine.power !== 'running') continue;
      for (const set of setsOf(disks, machine)) bySet.set(set, [...(bySet.get(set) ?? []), machine]);
    }
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

const check = async (world: World, set: DiskEncryptionSet, machines: VirtualMachine[]): Promise<void> => {
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
