import type { Finding } from '../findings.ts';
import { vaultName } from '../key-ref.ts';
import { readPins } from '../pins.ts';
import { instruct, type Remedy } from '../remedy.ts';

/** Someone may have disabled it on purpose: that is the owner's way to lock the data. */
export const enableByHand: Remedy = ({ target }) =>
  instruct(
    `If ${target} was not disabled on purpose, enable it: az keyvault key set-attributes --id ${target} --enabled true.`,
  );

export const activateByHand: Remedy = ({ target }, { observation }) => {
  const created = readPins(observation).find(({ kid }) => kid === target)?.facts.createdOn;
  return instruct(
    `If ${target} should be in use already, set its activation date back: az keyvault key set-attributes --id ${target} --not-before ${created ?? 'with a date in the past'}.`,
  );
};

export const recoverByHand: Remedy = ({ target, evidence }, { observation: { key } }) =>
  instruct(
    evidence['lost'] === 'vault'
      ? `If the vault of ${target} was deleted by accident, recover it: az keyvault recover --name ${vaultName(key)}; then restore the role assignments, which recovery does not.`
      : `If ${target} was deleted by accident, recover its key: az keyvault key recover --vault-name ${vaultName(key)} --name ${key.name}.`,
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
