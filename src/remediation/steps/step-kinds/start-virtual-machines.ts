import { command } from '../../model/command.ts';
import { PROFILES } from '../../model/profiles.ts';
import type { KeyMaterial } from '../../observation/material.ts';
import type { VaultIdentity } from '../../observation/vault-identity.ts';
import type { StepKindOf } from './step-kind.ts';

/** The target is the ARM id of one machine, lower-cased: one step for each machine. */
type StartVirtualMachines = VaultIdentity & KeyMaterial & { readonly consumerId: string; readonly kid: string };

/** The disk encryption set of the machine is read right before the machine is started. */
const READ_CONSUMER = Object.values(PROFILES).flatMap(({ hasMachines, actions }) => (hasMachines ? actions.read : []));

export const startVirtualMachines: StepKindOf<StartVirtualMachines> = {
  risk: 'irreversible',
  mayUndo: false,
  subject: 'consumer',
  purpose: 'followUp',
  undoneIn: 'activityLog',
  reveals: false,
  needs: 'nothing',
  gives: 'nothing',
  bringsBack: 'nothing',
  takesEffect: 'atOnce',
  opensVault: false,
  rereadsVersions: false,
  isFor: ({ hasMachines }) => hasMachines,
  choice: 'nothing',
  actions: () => [
    ...READ_CONSUMER,
    'Microsoft.Compute/virtualMachines/read',
    'Microsoft.Compute/virtualMachines/instanceView/read',
    'Microsoft.Compute/virtualMachines/start/action',
    'Microsoft.Compute/locations/operations/read',
    'Microsoft.Compute/disks/read',
    'Microsoft.KeyVault/vaults/read',
    'Microsoft.KeyVault/vaults/keys/read',
  ],
  manualCommands: ({ target }) => [command('az vm start', { ids: target })],
  undo: ({ target }) =>
    `${command('az vm deallocate', { ids: target })} stops it again; what it did meanwhile is done.`,
  sentence: ({ target }) => `Start the virtual machine ${target}, which ran before its disks lost their key.`,
};
