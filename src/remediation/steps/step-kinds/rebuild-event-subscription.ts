import { command } from '../../model/command.ts';
import type { SpecOf, StepKindOf } from './step-kind.ts';

type Spec = SpecOf<'rebuildEventSubscription'>;

export const rebuildEventSubscription: StepKindOf<Spec> = {
  risk: 'restore',
  actions: () => [
    'Microsoft.KeyVault/vaults/read',
    'Microsoft.EventGrid/eventSubscriptions/read',
    'Microsoft.EventGrid/eventSubscriptions/write',
  ],
  undo: ({ parameters: { vaultId, name } }) =>
    `Delete it: ${command('az eventgrid event-subscription delete', { name, 'source-resource-id': vaultId })}.`,
  sentence: ({ parameters: { vaultId, name } }) =>
    `Make the event subscription ${name} of ${vaultId} again, which recovery did not bring back.`,
};
