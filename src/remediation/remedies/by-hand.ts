import type { Finding } from '../findings.ts';
import { vaultName } from '../key-ref.ts';
import { instruct, type Remedy } from '../remedy.ts';

export const recoverByHand: Remedy = ({ target, evidence }, { observation: { key } }) =>
  instruct(
    evidence['lost'] === 'vault'
      ? `If the vault of ${target} was deleted by accident, recover it: az keyvault recover --name ${vaultName(key)}; then restore the role assignments, which recovery does not.`
      : `If ${target} was deleted by accident, recover its key: az keyvault key recover --vault-name ${vaultName(key)} --name ${key.name}.`,
  );

export const restoreByHand: Remedy = ({ target }, { observation: { key } }) =>
  instruct(
    `If ${target} was not deleted or recovered a moment ago, it is lost, and a backup is all that can bring it back, with the same name and versions: az keyvault key restore --vault-name ${vaultName(key)} --file and the file of its backup. It must go into a vault of the same subscription and geography, under a name that is free; without a backup the data stays encrypted.`,
  );

export const assignIdentityByHand: Remedy = ({ target, evidence }) =>
  instruct(
    `Give ${target} an identity again and let that identity get, wrapKey and unwrapKey with ${evidence['kid']}.`,
  );

export const letUsRead: Remedy = (finding) =>
  instruct(`${finding.sentence} Nothing that rests on it is done; let the product read it. ${firstAid(finding)}`);

const firstAid = ({ evidence }: Finding): string =>
  'version' in evidence || 'vault' in evidence
    ? 'It needs keys/get in the vault and a network path to it, or Microsoft.KeyVault/vaults/read and keys/read on its control plane.'
    : 'It needs Microsoft.DBforMySQL/servers/read, servers/keys/read and flexibleServers/read in its scope.';
