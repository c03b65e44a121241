import { command } from '../../../model/command.ts';
import { vaultName } from '../../../model/key-ref.ts';
import { groupOf, subscriptionOf } from '../../../model/resource-id.ts';
import { instruct, type Remedy } from '../../remedy.ts';

const restoreCommand = (vault: string, name: string): string =>
  command('az keyvault key restore', { 'vault-name': vault, file: `${name}.backup` });

export const recoverManually: Remedy = ({ target }, { observation: { key } }) =>
  instruct(
    `If ${target} was deleted by accident, recover its key: ${command('az keyvault key recover', { 'vault-name': vaultName(key), name: key.name })}.`,
  );

export const restoreManually: Remedy = ({ target }, { observation: { key } }) =>
  instruct(
    `If ${target} was not deleted or recovered a moment ago, it is lost, and a backup is all that can bring it back, with the same name and versions: ${restoreCommand(vaultName(key), key.name)}. It must go into a vault of the same subscription and geography, under a name that is free; without a backup the data stays encrypted.`,
  );

/** A vault of the same name gives the same key identifiers, so that a consumer that pins a version finds it again. */
export const makeVaultAgain: Remedy = ({ target }, { observation: { key }, known }) => {
  const { id, location, permissionModel } = known.baseline?.vault ?? {};
  const create = command('az keyvault create', {
    name: vaultName(key),
    'resource-group': id === undefined ? '<resource group that it had>' : groupOf(id),
    ...(id !== undefined && { subscription: subscriptionOf(id) }),
    location: location ?? '<region that it had>',
    'retention-days': '90',
    'enable-purge-protection': 'true',
    ...(permissionModel && { 'enable-rbac-authorization': String(permissionModel === 'rbac') }),
  });
  return instruct(
    `If ${target} was not deleted or recovered a moment ago, it is lost with its keys; make it again, ${create}, let its consumers in, and restore each key from its backup, ${restoreCommand(vaultName(key), key.name)}: without a backup the data stays encrypted.`,
  );
};
