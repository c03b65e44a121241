import { command } from '../../model/command.ts';
import { onlyDiskEncryptionSets } from './for-whom.ts';
import type { StepKindOf } from './step-kind.ts';

/** Its target is the ARM id of a machine, lower-cased: one step for each. */
type StartVirtualMachines = { readonly consumerId: string; readonly kid: string };

export const startVirtualMachines: StepKindOf<StartVirtualMachines> = {
  risk: 'irreversible',
  subject: 'consumer',
  purpose: 'followUp',
  reveals: false,
  needs: 'nothing',
  gives: 'nothing',
  bringsBack: 'nothing',
  takesEffect: 'atOnce',
  opensVault: false,
  rereadsVersions: false,
  isFor: onlyDiskEncryptionSets,
  choice: 'nothing',
  actions: () => [
    'Microsoft.Compute/diskEncryptionSets/read',
    'Microsoft.Compute/virtualMachines/read',
    'Microsoft.Compute/virtualMachines/instanceView/read',
    'Microsoft.Compute/virtualMachines/start/action',
    'Microsoft.Compute/locations/operations/read',
    'Microsoft.Compute/disks/read',
    'Microsoft.KeyVault/vaults/read',
    'Microsoft.KeyVault/vaults/keys/read',
  ],
  undo: ({ target }) =>
    `${command('az vm deallocate', { ids: target })} stops it again; what it did meanwhile is done.`,
  sentence: ({ target }) => `Start the virtual machine ${target}, which ran before its disks lost their key.`,
};
