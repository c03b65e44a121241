import { byName, command } from '../../../model/command.ts';
import type { VaultFacts } from '../../../model/facts.ts';
import { type KeyRef, vaultName } from '../../../model/key-ref.ts';
import { profileOfType } from '../../../model/profiles.ts';
import { nameOf, parseResourceId } from '../../../model/resource-id.ts';
import { consumersOf } from '../../../observation/pins.ts';
import { instruct, type Remedy } from '../../remedy.ts';

/**
 * The command that makes a new version of the key. No step repairs the faults in this file, which need another key, vault or
 * server: the product does not decide that.
 */

const newKey = ({ name, ...key }: KeyRef): string =>
  command('az keyvault key create', {
    'vault-name': vaultName({ name, ...key }),
    name,
    kty: 'RSA',
    size: '2048',
  });

const newVault = (location: string): string =>
  command('az keyvault create', {
    name: '<name>',
    'resource-group': '<resource group>',
    location,
    'retention-days': '90',
    'enable-purge-protection': 'true',
  });

const elsewhere = (sentence: string, location: string): string =>
  `${sentence} That is fixed for the life of a vault: make another, ${newVault(location)}, a key in it, and point the consumers at that key.`;

const onVault =
  (say: (sentence: string, vault: VaultFacts) => string): Remedy =>
  ({ sentence }, { observation: { vault } }) =>
    vault.kind === 'present' ? instruct(say(sentence, vault.value)) : instruct();

export const switchBackManually = onVault(
  (sentence, { id, permissionModel }) =>
    `${sentence} The product never switches it; if that was a mistake, run ${command('az keyvault update', { ...byName(id), 'enable-rbac-authorization': String(permissionModel !== 'rbac') })}.`,
);

export const joinTenants: Remedy = ({ sentence, target }, { observation: { vault } }) =>
  instruct(
    `${sentence} Access across tenants cannot be granted; compare them with ${command('az resource show', { ids: target, query: 'identity.tenantId' })}${vault.kind === 'present' ? ` and ${command('az keyvault show', { ...byName(vault.value.id), query: 'properties.tenantId' })}` : ''}.`,
  );

export const makeFittingKey: Remedy = ({ sentence }, { observation: { key } }) =>
  instruct(`${sentence} Make a new version that fits all of them, ${newKey(key)}, and point them at it.`);

/**
 * Disks of confidential machines need a key that may be released, servers never do. Only a person knows for which of them the key
 * was made.
 */
export const weighRelease: Remedy = ({ sentence, target: kid }, { observation: { key } }) =>
  instruct(
    `${sentence} Where no disk of a confidential machine needs that, make a version without, ${newKey(key)}, and point its consumers at it. Who may be given it: ${command('az keyvault key show', { id: kid, query: 'releasePolicy' })}.`,
  );

export const encryptAgain: Remedy = ({ sentence, target }, { observation }) => {
  const [kid = '<key version>'] = consumersOf(observation).map(({ pinned }) => pinned.kid);
  const commands = profileOfType(parseResourceId(target)?.type ?? '')?.commands ?? 'unsaid';
  if (commands === 'unsaid') return instruct(sentence);
  const set = commands.setKey({ id: target, kid, userAssigned: '<id of an identity>' });
  return instruct(`${sentence} Give ${nameOf(target)} an identity that may use a key, and run ${set}.`);
};

export const moveVault: Remedy = ({ sentence, evidence }) =>
  instruct(
    `${sentence} A vault cannot be moved: make another, ${newVault(String(evidence['location']))}, a key in it, and point the consumer at that key.`,
  );

export const raiseRecoveryLevel: Remedy = (finding, context) =>
  String(finding.evidence['recoveryLevel']).includes('Customized')
    ? lengthenRetention(finding, context)
    : instruct(`${finding.sentence} Purge protection of its vault raises it.`);

export const lengthenRetention = onVault((sentence, { location }) => elsewhere(sentence, location));
