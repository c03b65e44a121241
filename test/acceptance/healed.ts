import { sameId } from '../../local/cloud/arm/resource-id.ts';
import type { FullWorld } from '../../local/cloud/create-world.ts';
import { writtenAccess } from '../../local/cloud/key-vault/vault.ts';
import { principalOf, theServer, theSet } from '../builders/breaking/find-subject.ts';
import { NEEDS } from '../builders/breaking/links.ts';
import { KEY_NAME, type Subject } from '../builders/breaking/subjects.ts';

/** The URL of the version that the subject uses. */
const kidOf = (world: FullWorld, subject: Subject): string => {
  if (subject.kind === 'set') return theSet(world, subject).activeKey.keyUrl;
  const server = theServer(world, subject.name);
  return server.generation === 'single' ? (server.key?.uri ?? '') : (server.dataEncryption?.primaryKeyURI ?? '');
};

export const pinnedOf = ({ keyVault, ...world }: FullWorld, subject: Subject) => {
  if (!keyVault.vault(subject.vault)) return undefined;
  const kid = kidOf({ keyVault, ...world }, subject).toLowerCase();
  return keyVault.key(subject.vault, KEY_NAME)?.versions.find((one) => one.kid.toLowerCase() === kid);
};

const usable = (world: FullWorld, subject: Subject): boolean => {
  const key = world.keyVault.vault(subject.vault) && world.keyVault.key(subject.vault, KEY_NAME);
  const version = pinnedOf(world, subject);
  return key !== undefined && key.deletedAt === undefined && version?.enabled === true;
};

/** A server shows its state; a set has no state, so its access path is checked. */
export const serves = (world: FullWorld, subject: Subject): boolean =>
  subject.kind === 'set'
    ? usable(world, subject) && holdsAccess(world, subject)
    : theServer(world, subject.name).availability.condition === 'ready' && usable(world, subject);

/** Whether its identity has the needed access to the key, by the vault's own permission model. */
export const holdsAccess = ({ keyVault, rbac, ...world }: FullWorld, subject: Subject): boolean => {
  const vault = keyVault.vault(subject.vault);
  const objectId = principalOf({ keyVault, rbac, ...world }, subject);
  if (!vault || objectId === '') return false;
  if (subject.model === 'roles') {
    const scope = `${vault.id}/keys/${KEY_NAME}`;
    return rbac.assignments().some((one) => one.principalId === objectId && sameId(one.scope, scope));
  }
  const held = writtenAccess(vault)
    .policies.filter((one) => one.objectId === objectId)
    .flatMap(({ permissions }) => permissions.keys ?? []);
  return NEEDS[subject.kind].every((need) => held.some((one) => one.toLowerCase() === need.toLowerCase()));
};

export const readsVault = (world: FullWorld, subject: Subject): boolean => {
  const scope = world.keyVault.vault(subject.vault)?.id ?? '';
  const principalId = principalOf(world, subject);
  return world.rbac.assignments().some((one) => one.principalId === principalId && sameId(one.scope, scope));
};
