import type { FullWorld } from '../../../local/cloud/create-world.ts';
import { principalOf, theServer, theSet } from './find-subject.ts';
import type { Link } from './links.ts';
import { copyName, type Subject } from './subjects.ts';

export type Operation = { readonly target: string; readonly operationName: string };

const TYPES = {
  single: 'Microsoft.DBforMySQL/servers',
  flexible: 'Microsoft.DBforMySQL/flexibleServers',
  set: 'Microsoft.Compute/diskEncryptionSets',
} as const;

const VAULTS = 'Microsoft.KeyVault/vaults';
const ASSIGNMENTS = 'Microsoft.Authorization/roleAssignments';

const accessOf = (world: FullWorld, subject: Subject, vaultId: string): Operation => {
  if (subject.model === 'accessPolicies')
    return { target: `${vaultId}/accessPolicies/remove`, operationName: `${VAULTS}/accessPolicies/write` };
  const principal = principalOf(world, subject);
  const held = world.rbac
    .assignments()
    .find(({ principalId, scope }) => principalId === principal && scope.startsWith(`${vaultId}/keys/`));
  return { target: `${held?.scope}/providers/${ASSIGNMENTS}/${held?.name}`, operationName: `${ASSIGNMENTS}/delete` };
};

/**
 * The record that Resource Manager writes of the break of this link, in the subscription's topic and in the activity log.
 * Undefined where only the data plane sees the break.
 */
export const operationOf = (world: FullWorld, subject: Subject, link: Link): Operation | undefined => {
  const { kind, name } = subject;
  const vaultId = world.keyVault.vault(subject.vault)?.id ?? '';
  const consumerId = kind === 'set' ? theSet(world, subject).id : theServer(world, name).id;
  const writeOf = (target: string): Operation => ({ target, operationName: `${TYPES[kind]}/write` });
  if (link === 'vaultDeleted') return { target: vaultId, operationName: `${VAULTS}/delete` };
  if (link === 'networkClosed') return { target: vaultId, operationName: `${VAULTS}/write` };
  if (link === 'accessRemoved') return accessOf(world, subject, vaultId);
  if (link === 'identityRemoved') return writeOf(consumerId);
  return link === 'copyFresh' ? writeOf(consumerId.replace(/[^/]+$/, copyName(subject))) : undefined;
};
