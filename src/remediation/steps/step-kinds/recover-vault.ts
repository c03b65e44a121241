import { byName, command } from '../../model/command.ts';
import type { Fact, KeyObservation } from '../../model/facts.ts';
import { nameOf } from '../../model/resource-id.ts';
import { JOIN_SUBNET } from '../../model/subnet-join.ts';
import type { VaultIdentity } from '../../observation/vault-identity.ts';
import { vaultLossOf } from '../../observation/vault-loss.ts';
import { type Tagged, tagged } from '../tagged.ts';
import { everyConsumer } from './for-whom.ts';
import type { StepKindOf } from './step-kind.ts';

/**
 * `host`: of the data plane of the vault. Location and tags are read from the deleted vault right before the write. `was`:
 * properties from the baseline that a deleted vault does not show.
 */
type RecoverVault = VaultIdentity & {
  readonly host: string;
  readonly was?: { readonly tenantId: string; readonly permissionModel: 'accessPolicies' | 'rbac' };
};

const deletedVault = (observation: KeyObservation): Fact<Tagged> => {
  const loss = vaultLossOf(observation);
  if (loss?.kind === 'deleted') return tagged(loss.vaultId, loss.tags);
  return observation.vaultLoss?.kind === 'unknown' ? observation.vaultLoss : { kind: 'absent' };
};

/** `reveals`: the state of the keys, rules and policies of the vault shows only after the recovery. */
export const recoverVault: StepKindOf<RecoverVault> = {
  risk: 'reversal',
  mayUndo: true,
  subject: 'vault',
  purpose: 'repair',
  undoneIn: 'activityLog',
  reveals: true,
  needs: 'nothing',
  gives: 'vault',
  bringsBack: { left: deletedVault },
  takesEffect: 'later',
  opensVault: ({ parameters: { host } }) => host,
  rereadsVersions: false,
  isFor: everyConsumer,
  choice: 'nothing',
  actions: () => [
    'Microsoft.KeyVault/vaults/read',
    'Microsoft.KeyVault/vaults/write',
    'Microsoft.KeyVault/deletedVaults/read',
    JOIN_SUBNET,
  ],
  manualCommands: ({ parameters: { vaultId } }) => [command('az keyvault recover', byName(vaultId))],
  undo: (spec) =>
    `Delete the vault again, which takes every key in it from everyone: ${command('az keyvault delete', byName(spec.parameters.vaultId))}.`,
  sentence: (spec) => `Recover the deleted vault ${nameOf(spec.parameters.vaultId)} with all its keys.`,
};
