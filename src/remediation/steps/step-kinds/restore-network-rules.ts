import { byName, command } from '../../model/command.ts';
import type { NetworkRules } from '../../model/facts.ts';
import { nameOf } from '../../model/resource-id.ts';
import { JOIN_SUBNET } from '../../model/subnet-join.ts';
import type { VaultIdentity } from '../../observation/vault-identity.ts';
import { everyConsumer } from './for-whom.ts';
import { networkManually } from './network-manually.ts';
import type { StepKindOf } from './step-kind.ts';

/** `network`: the rules of the baseline. */
type RestoreNetworkRules = VaultIdentity & { readonly host: string; readonly network: NetworkRules };

export const restoreNetworkRules: StepKindOf<RestoreNetworkRules> = {
  risk: 'reversal',
  mayUndo: true,
  subject: 'vault',
  purpose: 'repair',
  undoneIn: 'activityLog',
  reveals: false,
  needs: 'nothing',
  gives: 'nothing',
  bringsBack: 'nothing',
  takesEffect: 'later',
  opensVault: ({ parameters: { host } }) => host,
  rereadsVersions: true,
  isFor: everyConsumer,
  choice: 'nothing',
  actions: () => ['Microsoft.KeyVault/vaults/read', 'Microsoft.KeyVault/vaults/write', JOIN_SUBNET],
  manualCommands: ({ parameters: { vaultId, network } }) => networkManually(vaultId, network),
  undo: ({ parameters }) =>
    `Set the rules that the ledger shows as seen before; ${command('az keyvault network-rule list', byName(parameters.vaultId))} shows those that it has.`,
  sentence: (spec) =>
    `Give the vault ${nameOf(spec.parameters.vaultId)} the network rules again that it had when all was well.`,
};
