import { recordManualAct } from '../../../local/cloud/activity-log/record-manual-act.ts';
import { sameId } from '../../../local/cloud/arm/resource-id.ts';
import type { FullWorld } from '../../../local/cloud/create-world.ts';
import { DAY } from '../durations.ts';
import { principalOf, theServer, theSet } from './find-subject.ts';
import { FIREWALL } from './firewall.ts';
import { LINKS, type Link } from './links.ts';
import { operationOf } from './operation-of.ts';
import { copyName, KEY_NAME, type Subject } from './subjects.ts';

type Break = (world: FullWorld, subject: Subject) => void;

/** Trusted services are shut out too; a request from a listed address still passes. */
const shutTrustedOut: Break = ({ keyVault }, { vault }) =>
  void keyVault.updateVault(vault, { networkAcls: { ...FIREWALL, bypass: 'None' } });

const changeKey = ({ keyVault }: FullWorld, { vault }: Subject, attributes: { enabled?: boolean }) =>
  void keyVault.setAttributes(vault, KEY_NAME, undefined, attributes);

/** Takes the access to the key alone: a set can still read the vault as a resource. */
const takeRole = ({ keyVault, rbac }: FullWorld, { vault }: Subject, principalId: string): void => {
  const scope = `${keyVault.vault(vault)?.id}/keys/${KEY_NAME}`;
  const held = rbac.assignments().filter((one) => one.principalId === principalId && sameId(one.scope, scope));
  for (const { name } of held) rbac.unassign(scope, name);
};

const takePolicy = ({ entra, keyVault }: FullWorld, { vault }: Subject, objectId: string): void => {
  keyVault.changePolicies(vault, 'remove', [{ tenantId: entra.tenantId, objectId, permissions: {} }]);
};

/**
 * The effect of `type: None`: a system-assigned identity is gone with its principal, a user-assigned one lives on. Its grants
 * stay behind.
 */
const takeIdentity: Break = (world, subject) => {
  if (subject.kind === 'set') {
    const set = theSet(world, subject);
    delete set.identity.system;
    return world.entra.deleteIdentity(set.id);
  }
  const server = theServer(world, subject.name);
  if (server.generation === 'flexible') {
    server.identities = {};
    return;
  }
  delete server.identity;
  world.entra.deleteIdentity(server.id);
};

/** Azure does not show the source of a restored single server; it shows that of a replica, and of every flexible copy. */
const makeCopy: Break = (world, subject) => {
  const source = theServer(world, subject.name);
  const { subscription, group } = source;
  const mode = source.generation === 'single' ? 'Replica' : 'PointInTimeRestore';
  world.mysql.addCopy(source, mode, { subscription, group, name: copyName(subject) });
};

const BREAKS: Readonly<Record<Link, Break>> = {
  copyFresh: makeCopy,
  accessRemoved: (world, subject) =>
    (subject.model === 'roles' ? takeRole : takePolicy)(world, subject, principalOf(world, subject)),
  identityRemoved: takeIdentity,
  keyExpired: ({ clock, keyVault }, { vault }) =>
    void keyVault.letExpire(vault, KEY_NAME, undefined, Math.floor((clock.now() - DAY) / 1_000)),
  keyDisabled: (world, subject) => changeKey(world, subject, { enabled: false }),
  keyDeleted: ({ keyVault }, { vault }) => void keyVault.deleteKey(vault, KEY_NAME),
  networkClosed: shutTrustedOut,
  vaultDeleted: ({ keyVault }, { vault }) => keyVault.deleteVault(vault),
};

/** An owner breaks one link; a break by a write of Resource Manager is logged like any other write. */
export const breakLink = (world: FullWorld, subject: Subject, link: Link): void => {
  const operation = operationOf(world, subject, link);
  BREAKS[link](world, subject);
  if (operation) recordManualAct(world, { ...operation, existed: link !== 'copyFresh' });
};

/** Breaks all links of the subject at once, in the order in which the cloud permits it. */
export const breakLinks = (world: FullWorld, subject: Subject): void => {
  for (const link of LINKS) if (subject.links.includes(link)) breakLink(world, subject, link);
};
