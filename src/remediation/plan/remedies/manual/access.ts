import { ofConsumer } from '../../../model/baseline.ts';
import { byName, command } from '../../../model/command.ts';
import type { ConsumerFacts, VaultFacts } from '../../../model/facts.ts';
import type { KeyPermission } from '../../../model/key-permission.ts';
import type { KeyRef } from '../../../model/key-ref.ts';
import { neededBy } from '../../../observation/needed-permissions.ts';
import { consumersOf } from '../../../observation/pins.ts';
import { isForeign } from '../../../observation/tenant.ts';
import { instruct, type Remedy } from '../../remedy.ts';
import { assignCommand, setKeyCommand } from './consumer-commands.ts';

const CRYPTO_USER = 'Key Vault Crypto Service Encryption User';

const roleCommand = (role: string, principalId: string, scope: string): string =>
  command('az role assignment create', {
    'assignee-object-id': principalId,
    'assignee-principal-type': 'ServicePrincipal',
    role,
    scope,
  });

/** The command that grants a principal access to the key, by the permission model of the vault. */
const grantCommand = (
  principalId: string,
  needed: readonly KeyPermission[],
  { id, permissionModel }: VaultFacts,
  key: KeyRef,
): string =>
  permissionModel === 'rbac'
    ? roleCommand(CRYPTO_USER, principalId, `${id}/keys/${key.name}`)
    : command('az keyvault set-policy', {
        ...byName(id),
        'object-id': principalId,
        'key-permissions': needed,
      });

/** A consumer that uses the product's own identity must not get access by it: it needs an identity of its own. */
const ownIdentity = ({ name }: ConsumerFacts, sentence: string): string =>
  `${sentence} ${name} uses the identity of the product itself, which must have no access of a consumer's: give it one of its own, and that one access to the key.`;

/** A consumer that was never seen with access gets none from the product: only a person who knows the consumer may grant it. */
export const grantManually: Remedy = ({ target, sentence }, { everyone }) => {
  const consumer = consumersOf(everyone).find(({ id }) => id.toLowerCase() === target);
  const { vault, key } = everyone;
  if (consumer === undefined || vault.kind !== 'present') return instruct();
  if (consumer.actsAsProduct) return instruct(ownIdentity(consumer, sentence));
  const notByItself = `${sentence} It is not let in by itself`;
  if (isForeign(consumer, vault.value) || consumer.federatedClientId !== undefined)
    return instruct(`${notByItself}, nor can it be: its tenant is another.`);
  if (consumer.principalId.kind !== 'present')
    return instruct(`${notByItself}; if it belongs here, give it an identity, and that one access to the key.`);
  const needed = neededBy(consumer.kind);
  const again = setKeyCommand(consumer);
  if (needed === undefined || again === undefined) return instruct(`${notByItself}: what it needs is not known here.`);
  const grant = grantCommand(consumer.principalId.value, needed, vault.value, key);
  return instruct(`${notByItself}; if it belongs here, run ${grant}, and ten minutes later ${again}.`);
};

export const grantReaderManually: Remedy = ({ target, sentence, evidence }, { everyone }) => {
  const { vault } = everyone;
  const consumer = consumersOf(everyone).find(({ id }) => id.toLowerCase() === target);
  if (consumer?.actsAsProduct) return instruct(ownIdentity(consumer, sentence));
  return vault.kind === 'present'
    ? instruct(
        `${sentence} It is not given that by itself, since its identity is another than it was; if it needs it, run ${roleCommand('Reader', String(evidence['principalId']), vault.value.id)}.`,
      )
    : instruct();
};

/** A new identity of the same name is a different principal, and needs access of its own. */
export const assignIdentityManually: Remedy = ({ target, evidence }, { observation, known }) => {
  const consumer = consumersOf(observation).find(({ id }) => id.toLowerCase() === target);
  if (consumer === undefined) return instruct();
  const identity = consumer.identity ?? ofConsumer(known.baseline, target)?.identity;
  const needed = neededBy(consumer.kind);
  const assign = assignCommand(consumer, identity);
  if (needed === undefined || assign === undefined)
    return instruct(`Give ${target} an identity again: which one, and what that needs, is not known here.`);
  const make =
    identity?.kind === 'user'
      ? `make its identity again, if it was deleted, which only a person does, since the new one is another principal that nobody has let in: ${command('az identity create', byName(identity.id))}; then `
      : '';
  return instruct(
    `Give ${target} an identity again: ${make}run ${assign}, and let that identity ${needed.join(', ')} with ${evidence['kid']}.`,
  );
};
