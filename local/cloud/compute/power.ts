import type { World } from '../service.ts';
import type { MachineEvent, Powered, PowerState } from './compute-resource.ts';
import type { DiskEncryptionSet, SetRefusal } from './disk-encryption-set.ts';
import { refusalOf, STARTING } from './key-access.ts';

const turn = (world: World, machine: Powered, power: PowerState, event: Omit<MachineEvent, 'at'>): void => {
  const at = world.clock.now();
  Object.assign(machine, { power, since: at });
  machine.history.push({ at, ...event });
  world.changed({ kind: 'virtualMachineChanged', resourceId: machine.id, at, data: { power, ...event } });
};

/** Azure shuts down a machine that cannot read its disks. The machine stays allocated. */
export const shutDown = (world: World, machine: Powered, { code }: SetRefusal): void => {
  if (machine.power === 'running') turn(world, machine, 'stopped', { kind: 'shutDown', reason: code });
};

/** Stops a machine, as a person does on purpose. */
export const stopMachine = (world: World, machine: Powered, power: 'stopped' | 'deallocated'): void => {
  if (machine.power !== power) turn(world, machine, power, { kind: power });
};

/** Starts a machine if the keys of all its disks can be used; else returns the reason. */
export const startMachine = async (
  world: World,
  machine: Powered,
  sets: DiskEncryptionSet[],
): Promise<SetRefusal | undefined> => {
  if (machine.power === 'running') return undefined;
  for (const set of sets) {
    const refusal = await refusalOf(world, set, STARTING);
    if (!refusal) continue;
    machine.history.push({ at: world.clock.now(), kind: 'startFailed', reason: refusal.code });
    return refusal;
  }
  turn(world, machine, 'running', { kind: 'started' });
  return undefined;
};
