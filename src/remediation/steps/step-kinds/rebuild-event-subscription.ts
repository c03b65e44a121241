import type { Json } from '../../model/canonical.ts';
import { command } from '../../model/command.ts';
import type { VaultIdentity } from '../../observation/vault-identity.ts';
import { everyConsumer } from './for-whom.ts';
import type { StepKindOf } from './step-kind.ts';

type RebuildEventSubscription = VaultIdentity & { readonly name: string; readonly body: Json };

export const rebuildEventSubscription: StepKindOf<RebuildEventSubscription> = {
  risk: 'restore',
  mayUndo: true,
  subject: 'vault',
  purpose: 'followUp',
  undoneIn: 'activityLog',
  reveals: false,
  needs: 'nothing',
  gives: 'nothing',
  bringsBack: 'nothing',
  takesEffect: 'atOnce',
  opensVault: false,
  rereadsVersions: false,
  isFor: everyConsumer,
  choice: 'nothing',
  actions: () => [
    'Microsoft.KeyVault/vaults/read',
    'Microsoft.EventGrid/eventSubscriptions/read',
    'Microsoft.EventGrid/eventSubscriptions/write',
  ],
  manualCommands: () => [],
  undo: ({ parameters: { vaultId, name } }) =>
    `Delete it: ${command('az eventgrid event-subscription delete', { name, 'source-resource-id': vaultId })}.`,
  sentence: ({ parameters: { vaultId, name } }) =>
    `Make the event subscription ${name} of ${vaultId} again, which recovery did not bring back.`,
};
