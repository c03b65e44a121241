import { ofConsumer } from '../../../model/baseline.ts';
import { byName, command } from '../../../model/command.ts';
import type { ConsumerFacts, ConsumerKind, VaultFacts } from '../../../model/facts.ts';
import type { KeyRef } from '../../../model/key-ref.ts';
import { groupOf, nameOf } from '../../../model/resource-id.ts';
import { NEEDED_PERMISSIONS } from '../../../observation/needed-permissions.ts';
import { consumersOf } from '../../../observation/pins.ts';
import { isForeign } from '../../../observation/tenant.ts';
import { instruct, type Remedy } from '../../remedy.ts';

const CRYPTO_USER = 'Key Vault Crypto Service Encryption User';

const roleCommand = (role: string, principalId: string, scope: string): string =>
  command('az role assignment create', {
    'assignee-object-id': principalId,
    'assignee-principal-type': 'ServicePrincipal',
    role,
    scope,
  });

/** The command that lets a principal in, by the permission model of the vault. */
const grantCommand = (
  principalId: string,
  kind: ConsumerKind,
  { id, permissionModel }: VaultFacts,
  key: KeyRef,
): string =>
  permissionModel === 'rbac'
    ? roleCommand(CRYPTO_USER, principalId, `${id}/keys/${key.name}`)
    : command('az keyvault set-policy', {
        ...byName(id),
        'object-id': principalId,
        'key-permissions': NEEDED_PERMISSIONS[kind],
      });

const REVALIDATE: Readonly<Record<ConsumerKind, (consumer: ConsumerFacts) => string>> = {
  mysqlSingleServer: ({ id, pinned: { kid } }) => command('az mysql server key create', { ...byName(id), kid }),
  mysqlFlexibleServer: ({ id, identity, pinned: { kid } }) =>
    command('az mysql flexible-server update', {
      ids: id,
      key: kid,
      identity: identity?.kind === 'user' ? identity.id : '',
    }),
  diskEncryptionSet: ({ id, pinned: { kid } }) => command('az disk-encryption-set update', { ids: id, 'key-url': kid }),
};

/** Nothing is granted to whoever was not seen with access: that is for somebody who knows whose it is. */
export const grantByHand: Remedy = ({ target, sentence }, { everyone }) => {
  const consumer = consumersOf(everyone).find(({ id }) => id.toLowerCase() === target);
  const { vault, key } = everyone;
  if (consumer === undefined || vault.kind !== 'present') return instruct();
  const notByItself = `${sentence} It is not let in by itself`;
  if (isForeign(consumer, vault.value) || consumer.federatedClientId !== undefined)
    return instruct(`${notByItself}, nor can it be: its tenant is another.`);
  if (consumer.principalId.kind !== 'present')
    return instruct(`${notByItself}; if it belongs here, give it an identity, and that one access to the key.`);
  const grant = grantCommand(consumer.principalId.value, consumer.kind, vault.value, key);
  const again = REVALIDATE[consumer.kind](consumer);
  return instruct(`${notByItself}; if it belongs here, run ${grant}, and ten minutes later ${again}.`);
};

export const grantReaderByHand: Remedy = ({ sentence, evidence }, { observation: { vault } }) =>
  vault.kind === 'present'
    ? instruct(
        `${sentence} It is not given that by itself, since its identity is another than it was; if it needs it, run ${roleCommand('Reader', String(evidence['principalId']), vault.value.id)}.`,
      )
    : instruct();

const ASSIGN: Readonly<Record<ConsumerKind, (id: string, userAssigned: string) => string>> = {
  mysqlSingleServer: (id) => command('az mysql server update', { ...byName(id), 'assign-identity': true }),
  mysqlFlexibleServer: (id, identity) =>
    command('az mysql flexible-server identity assign', { ...byName(id, 'server-name'), identity }),
  diskEncryptionSet: (id, identity) =>
    identity === ''
      ? command('az disk-encryption-set identity assign', { ...byName(id), 'system-assigned': true })
      : command('az disk-encryption-set identity assign', { ...byName(id), 'user-assigned': identity }),
};

/** Another identity of the same name is another one: it needs access of its own. */
export const assignIdentityByHand: Remedy = ({ target, evidence }, { observation, known }) => {
  const consumer = consumersOf(observation).find(({ id }) => id.toLowerCase() === target);
  if (consumer === undefined) return instruct();
  const identity = consumer.identity ?? ofConsumer(known.baseline, target)?.identity;
  const needed = NEEDED_PERMISSIONS[consumer.kind].join(', ');
  const isUser = identity?.kind === 'user';
  const assign = ASSIGN[consumer.kind](consumer.id, isUser ? identity.id : '');
  const make = isUser
    ? `make its identity again, if it was deleted: ${command('az identity create', { name: nameOf(identity.id), 'resource-group': groupOf(identity.id) })}; then `
    : '';
  return instruct(
    `Give ${target} an identity again: ${make}run ${assign}, and let that identity ${needed} with ${evidence['kid']}.`,
  );
};
