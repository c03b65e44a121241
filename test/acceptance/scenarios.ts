import { recordManualAct } from '../../local/cloud/activity-log/record-manual-act.ts';
import { sameId } from '../../local/cloud/arm/resource-id.ts';
import type { FullWorld } from '../../local/cloud/create-world.ts';
import { subscriptionId } from '../../local/cloud/worlds/product.ts';
import { breakLinks } from '../builders/breaking/break-link.ts';
import { theSet } from '../builders/breaking/find-subject.ts';
import type { Kind, Link, Model } from '../builders/breaking/links.ts';
import { copyName, KEY_NAME, type Subject } from '../builders/breaking/subjects.ts';
import { DAY } from '../builders/durations.ts';
import { holdsAccess, pinnedOf, readsVault, serves } from './healed.ts';
import type { Scenario } from './scenario.ts';

type Rest = Pick<Scenario, 'breakIt' | 'isHealed'> & Pick<Partial<Scenario>, 'requests' | 'movedFrom'>;

const scenario = (
  name: string,
  slug: string,
  kind: Kind,
  rows: string,
  rest: Rest,
  model: Model = 'accessPolicies',
): Scenario => ({
  name,
  subject: { kind, name: slug, vault: `kv-${slug}`, model, links: [] },
  rows: rows.split(' '),
  ...rest,
});

/** Breaks one link, as the builders break it; the scenario is healed when the consumer works again. */
const broken = (name: string, slug: string, kind: Kind, link: Link, rows: string, model?: Model): Scenario => {
  const made = scenario(name, slug, kind, rows, { breakIt: breakLinks, isHealed: serves }, model);
  return { ...made, subject: { ...made.subject, links: [link] } };
};

const attributes = (world: FullWorld, { vault }: Subject, changes: { nbf?: number; exp?: number }): void =>
  void world.keyVault.setAttributes(vault, KEY_NAME, undefined, changes);

const inSeconds = ({ clock }: FullWorld, ms: number): number => Math.floor((clock.now() + ms) / 1_000);

const aboutToExpire: Rest = {
  breakIt: (world, subject) => attributes(world, subject, { exp: inSeconds(world, 3 * DAY) }),
  isHealed: (world, subject) =>
    (pinnedOf(world, subject)?.exp ?? 0) * 1_000 > world.clock.now() + 30 * DAY && serves(world, subject),
};

const notYetActive: Rest = {
  breakIt: (world, subject) => attributes(world, subject, { nbf: inSeconds(world, DAY) }),
  isHealed: serves,
};

const unprotected: Rest = {
  breakIt: ({ keyVault }, { vault }) => void Object.assign(keyVault.vault(vault) ?? {}, { purgeProtection: false }),
  isHealed: ({ keyVault }, { vault }) => keyVault.vault(vault)?.purgeProtection === true,
  requests: ['enablePurgeProtection'],
};

const unkept: Rest = {
  breakIt: ({ keyVault }, { vault }) =>
    void Object.assign(keyVault.vault(vault) ?? {}, { softDelete: false, purgeProtection: false }),
  isHealed: ({ keyVault }, { vault }) => {
    const found = keyVault.vault(vault);
    return found?.softDelete === true && found.purgeProtection;
  },
  requests: ['enableSoftDelete', 'enablePurgeProtection'],
};

/** The vault is moved to another resource group: its keys keep their names, and role assignments at its old place are gone. */
const moved: Rest = {
  breakIt: (world, { vault }) => {
    const found = world.keyVault.vault(vault);
    if (!found) throw new Error(`There is no vault ${vault}`);
    const before = found.id;
    world.subscriptions.addGroup({ subscription: subscriptionId, name: 'moved', location: found.location });
    found.id = before.replace('/resourceGroups/data/', '/resourceGroups/moved/');
    for (const { scope, name } of world.rbac.assignments())
      if (scope.toLowerCase().startsWith(before.toLowerCase())) world.rbac.unassign(scope, name);
    world.changed({ kind: 'resourceWritten', resourceId: found.id, at: world.clock.now() });
  },
  isHealed: (world, subject) => holdsAccess(world, subject) && serves(world, subject),
  movedFrom: 'data',
};

const rotated: Rest = {
  breakIt: ({ keyVault }, { vault }) => void keyVault.rotateKey(vault, KEY_NAME),
  isHealed: (world, subject) =>
    serves(world, subject) && pinnedOf(world, subject) === world.keyVault.key(subject.vault, KEY_NAME)?.versions.at(-1),
  requests: ['repointConsumer'],
};

/** The set names a version and its vault; both must be right. */
const rotatedUnderSet: Rest = {
  ...rotated,
  isHealed: (world, subject) =>
    rotated.isHealed(world, subject) &&
    sameId(theSet(world, subject).activeKey.sourceVault ?? '', world.keyVault.vault(subject.vault)?.id ?? ''),
};

const rotationStopped: Rest = {
  breakIt: (world, subject) => {
    const set = theSet(world, subject);
    set.autoKeyRotationError = { code: 'ManagedServiceIdentityNotFound', message: 'Please update the resource.' };
    world.changed({ kind: 'diskSetChanged', resourceId: set.id, at: world.clock.now() });
  },
  isHealed: (world, subject) => theSet(world, subject).autoKeyRotationError === undefined,
};

const readerLost: Rest = {
  breakIt: (world, subject) => {
    const scope = world.keyVault.vault(subject.vault)?.id ?? '';
    const principalId = theSet(world, subject).identity.system?.principalId;
    const held = world.rbac.assignments().find((one) => one.principalId === principalId && one.scope === scope);
    if (!held) throw new Error(`${subject.name} has no role on its vault`);
    world.rbac.unassign(scope, held.name);
  },
  isHealed: readsVault,
};

/** Before the copy exists, there is nothing to heal. */
const copyReady = ({ mysql }: FullWorld, subject: Subject): boolean =>
  mysql.servers.all().every((one) => one.name !== copyName(subject) || one.availability.condition === 'ready');
const copied = (made: Scenario): Scenario => ({ ...made, isHealed: copyReady });
const letIn = (made: Scenario): Scenario => ({
  ...made,
  isHealed: (world, subject) => holdsAccess(world, subject) && serves(world, subject),
});

/**
 * The activity log has the deletion: only so can the product know the losses that came with the deletion of the vault, and those
 * that came before.
 */
const inTheOpen = (made: Scenario): Scenario => ({
  ...made,
  breakIt: (world, subject) => {
    const target = world.keyVault.vault(subject.vault)?.id ?? '';
    breakLinks(world, subject);
    recordManualAct(world, { target, operationName: 'Microsoft.KeyVault/vaults/delete' });
  },
});

/**
 * The right of the consumer to read the vault is a role assignment under either permission model, and is deleted with the vault.
 */
const withReader = (made: Scenario): Scenario => ({
  ...made,
  isHealed: (world, subject) => serves(world, subject) && readsVault(world, subject),
});

/** One scenario for each row that a repair answers; each with a consumer and a vault of its own. */
export const SCENARIOS: readonly Scenario[] = [
  broken('a server’s key expires', 'expired', 'single', 'keyExpired', 'S2.44 S2.45 S2.50'),
  scenario('a key is about to expire', 'expiring', 'single', 'S2.33', aboutToExpire),
  broken('a key is deleted', 'deleted', 'single', 'keyDeleted', 'S1.15 S2.28 S2.49 S2.52'),
  broken('a key is disabled', 'disabled', 'single', 'keyDisabled', 'S2.34'),
  scenario('a key is not active yet', 'early', 'single', 'S2.32', notYetActive),
  inTheOpen(broken('a vault with roles is deleted', 'vaultless', 'flexible', 'vaultDeleted', 'S2.48 S2.53', 'roles')),
  inTheOpen(withReader(broken('the vault of a set is deleted', 'setvault', 'set', 'vaultDeleted', 'S1.5'))),
  broken('a firewall keeps trusted services out', 'walled', 'single', 'networkClosed', 'S2.41 S2.54'),
  letIn(
    broken('a server’s permissions are revoked', 'revoked', 'single', 'accessRemoved', 'S2.15 S2.16 S2.17 S2.29 S2.51'),
  ),
  letIn(broken('a flexible server’s role is revoked', 'flexrole', 'flexible', 'accessRemoved', 'S2.17 S2.29', 'roles')),
  letIn(broken('a set’s role is revoked', 'setrole', 'set', 'accessRemoved', 'S1.19', 'roles')),
  scenario('a set may not read its vault any more', 'reader', 'set', 'S1.20', readerLost),
  letIn(broken('a server’s identity is deleted', 'nobody', 'single', 'identityRemoved', 'S2.30 S2.55')),
  letIn(broken('a set’s identity is deleted', 'setnobody', 'set', 'identityRemoved', 'S1.18')),
  broken('the key of a set is disabled', 'setkey', 'set', 'keyDisabled', 'S1.32'),
  scenario('the rotation of a set has stopped', 'rotation', 'set', 'S1.17', rotationStopped),
  copied(broken('a flexible server is restored', 'restored', 'flexible', 'copyFresh', 'S2.46 S2.62 S2.63')),
  copied(broken('a replica is made', 'replica', 'single', 'copyFresh', 'S2.47')),
  scenario('a vault is not protected from purge', 'purgeable', 'single', 'S1.7 S2.26 S2.27 S2.36', unprotected),
  scenario('a vault keeps nothing that is deleted', 'unkept', 'single', 'S1.6', unkept),
  scenario('a key is rotated, the set stays behind', 'setbehind', 'set', 'S1.16', rotatedUnderSet),
  scenario('a vault moves to another group', 'moved', 'single', 'S2.21', moved, 'roles'),
  scenario('a key is rotated, the server stays behind', 'behind', 'flexible', 'S2.9', rotated),
];
