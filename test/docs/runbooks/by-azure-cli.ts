/** Which pages the check of the runbooks follows by the Azure CLI, in which state: `npm run check:runbooks`. */
import type { VaultPlan } from '../../../local/cloud/worlds/build-world.ts';
import type { PageKind } from '../../../src/posture/runbooks.ts';
import type { Kind, Link, Model } from '../../builders/breaking/links.ts';

/** States that are no link of an access path. */
export type State =
  | ('cannotUnwrap' | 'cannotWrap' | 'clusterOld' | 'dependentsLost' | 'diskPlain' | 'keyPurged' | 'lockedOut')
  | (
      | 'machinesStopped'
      | 'migrated'
      | 'modelChanged'
      | 'nearExpiry'
      | 'networkMade'
      | 'notYetActive'
      | 'poolPlain'
      | 'productShutOut'
    )
  | ('readerTaken' | 'rotated' | 'sightTaken' | 'vaultPurged');

/**
 * What a page gives back: the key, its newest version or an identity to the consumer, its service to its users, the key to a copy of
 * it so that the copy serves, the machines on a set; or a new vault, fit for a key.
 */
export type Regained = 'key' | 'newest version' | 'identity' | 'service' | 'copy' | 'machines' | 'new vault';

export type Scene = {
  readonly page: PageKind;
  readonly kind: Kind;
  readonly model: Model;
  /** What is broken before the first command; nothing for a page that only looks. */
  readonly broken?: Link | State;
  /** Which commands of the page are for this scene, by how they go on after `az `; all that the check runs when left out. */
  readonly lines?: RegExp;
  /** The protections of its vault; everything when left out. */
  readonly keeps?: VaultPlan['keeps'];
  /** What the commands are about; the key when left out. */
  readonly regains?: Regained;
  /** Whether the commands under *Do it by hand* give it back. */
  readonly mends?: true;
  /** Whether the commands under *Undo it* take it away again. */
  readonly undoes?: true;
  /**
   * Whether the product finds the fault of the page in that state: not any more after *Do it by hand*, or still, where the page's
   * commands are only the beginning.
   */
  readonly found?: 'until it is done' | 'still';
};

const policies = { model: 'accessPolicies' } as const;
const single = { kind: 'single', ...policies } as const;
const set = { kind: 'set', ...policies } as const;

const flexible = { kind: 'flexible', ...policies } as const;
const mended = { mends: true, found: 'until it is done' } as const;
const mendedAndUndone = { ...mended, undoes: true } as const;

/** Keys and versions: what is broken in the vault. */
const KEYS: readonly Scene[] = [
  { page: 'keyExpired', ...single, broken: 'keyExpired', ...mendedAndUndone },
  { page: 'keyNearExpiry', kind: 'flexible', model: 'roles', broken: 'nearExpiry', found: 'until it is done' },
  { page: 'keyDisabled', kind: 'single', model: 'roles', broken: 'keyDisabled', ...mendedAndUndone },
  { page: 'keyDeleted', ...single, broken: 'keyDeleted', ...mendedAndUndone },
  { page: 'keyMissing', ...flexible, broken: 'keyDeleted', mends: true },
  { page: 'keyNotYetActive', ...single, broken: 'notYetActive', ...mendedAndUndone },
  { page: 'keyCannotWrap', ...single, broken: 'cannotWrap', ...mended },
  { page: 'keyCannotUnwrap', kind: 'flexible', model: 'roles', broken: 'cannotUnwrap', ...mended },
  { page: 'keyPurged', ...single, keeps: 'what is deleted', broken: 'keyPurged', mends: true, undoes: true },
  { page: 'keyForeign', ...single, lines: /^keyvault key (list-versions|show) / },
  {
    ...{ page: 'keyForeign', ...single, keeps: 'what is deleted', broken: 'keyPurged' },
    ...{ lines: /^keyvault key restore /, mends: true },
  },
  {
    page: 'keyVersionMissing',
    ...single,
    keeps: 'what is deleted',
    broken: 'keyPurged',
    lines: /^keyvault key restore /,
    mends: true,
  },
  { page: 'keyVersionMissing', ...single, lines: /^keyvault key list-versions / },
  { page: 'keyExportable', ...single },
  { page: 'keyTypeUnsupported', ...single },
  { page: 'keySharedByMany', ...single },
];

/** Who may use the key, and who uses it. */
const ACCESS: readonly Scene[] = [
  {
    ...{ page: 'accessMissing', kind: 'flexible', model: 'roles', broken: 'accessRemoved' },
    ...{ lines: /^role /, ...mendedAndUndone },
  },
  { page: 'accessMissing', ...single, broken: 'accessRemoved', lines: /^keyvault .* get wrapKey/, ...mended },
  { page: 'accessMissing', ...flexible, broken: 'accessRemoved', lines: /^keyvault .* get list wrapKey/, ...mended },
  { page: 'accessUnproven', ...set },
  { page: 'readerMissing', ...set, broken: 'readerTaken', found: 'until it is done' },
  { page: 'permissionModelChanged', ...single, broken: 'modelChanged', lines: /^keyvault /, ...mendedAndUndone },
  { page: 'permissionModelChanged', ...single, broken: 'modelChanged', lines: /^role /, mends: true, undoes: true },
  {
    ...{ page: 'identityMissing', ...single, broken: 'identityRemoved', lines: /^(mysql server|rest) / },
    ...{ regains: 'identity', ...mendedAndUndone },
  },
  {
    ...{ page: 'identityMissing', ...flexible, broken: 'identityRemoved', lines: /^(mysql flexible-server|rest) / },
    ...{ regains: 'identity', ...mendedAndUndone },
  },
  {
    ...{ page: 'identityMissing', ...set, broken: 'identityRemoved', lines: /^(disk-encryption-set|rest) / },
    ...{ regains: 'identity', ...mendedAndUndone },
  },
  { page: 'identityMissing', ...flexible, broken: 'identityRemoved', lines: /^identity / },
  {
    ...{ page: 'copyAwaitingAccess', ...single, broken: 'copyFresh', lines: /^(keyvault|mysql server) / },
    ...{ regains: 'copy', mends: true, undoes: true },
  },
  {
    ...{ page: 'copyAwaitingAccess', ...flexible, broken: 'copyFresh', lines: /^mysql flexible-server / },
    ...{ regains: 'copy', mends: true },
  },
  { page: 'tenantMismatch', ...single },
];

/** Servers, sets and machines. */
const CONSUMERS: readonly Scene[] = [
  {
    page: 'consumerInaccessible',
    ...single,
    broken: 'lockedOut',
    lines: /^mysql server /,
    regains: 'service',
    ...mended,
  },
  {
    ...{ page: 'consumerInaccessible', ...flexible, broken: 'lockedOut', lines: /^mysql flexible-server / },
    ...{ regains: 'service', ...mended },
  },
  {
    page: 'consumerPinnedToOldVersion',
    ...flexible,
    broken: 'rotated',
    regains: 'newest version',
    mends: true,
    undoes: true,
  },
  { page: 'migratedWithoutKey', ...single, broken: 'migrated', mends: true },
  { page: 'autoKeyRotationFailed', ...set },
  {
    ...{ page: 'machinesShutDown', ...set, broken: 'machinesStopped', lines: /^vm / },
    ...{ regains: 'machines', mends: true, undoes: true },
  },
];

/** The vault itself. */
const VAULTS: readonly Scene[] = [
  { page: 'vaultFirewallBlocks', ...single, broken: 'networkClosed', ...mendedAndUndone },
  { page: 'vaultDeleted', ...single, broken: 'vaultDeleted', ...mendedAndUndone },
  { page: 'vaultPurged', ...single, keeps: 'what is deleted', broken: 'vaultPurged', mends: true },
  { page: 'vaultForeign', ...single },
  { page: 'vaultUnreachable', ...single },
  { page: 'vaultNotRebuilt', ...single, broken: 'dependentsLost' },
  { page: 'purgeProtectionOff', ...single, keeps: 'what is deleted', found: 'until it is done' },
  { page: 'recoveryLevelInsufficient', ...single, keeps: 'what is deleted', found: 'until it is done' },
  { page: 'softDeleteOff', ...single, keeps: 'nothing', found: 'until it is done' },
  { page: 'retentionShort', ...single, regains: 'new vault', mends: true },
  { page: 'regionMismatch', ...single, regains: 'new vault', mends: true },
];

/** What nobody is woken for. */
const POSTURE: readonly Scene[] = [
  { page: 'auditLoggingOff', ...single, found: 'until it is done' },
  { page: 'vaultNotLocked', ...single, found: 'until it is done' },
  { page: 'ownerMissing', ...single, found: 'until it is done' },
  { page: 'backupMissing', ...single, lines: /^(keyvault|tag) /, found: 'still' },
  { page: 'privateEndpointMissing', ...single, broken: 'networkMade', found: 'until it is done' },
  { page: 'alertMissing', ...single, found: 'until it is done' },
  { page: 'diskNotEncrypted', ...set, broken: 'diskPlain', found: 'until it is done' },
  { page: 'nodePoolNotEncrypted', ...set, broken: 'poolPlain', lines: /^$/, found: 'still' },
  { page: 'clusterUnfit', ...set, broken: 'clusterOld', lines: /^$/, found: 'still' },
  { page: 'productOutOfSight', ...single, broken: 'productShutOut', found: 'until it is done' },
];

/** The last of them takes sight from the product, everywhere. */
export const SCENES: readonly Scene[] = [
  ...[KEYS, ACCESS, CONSUMERS, VAULTS, POSTURE].flat(),
  { page: 'observationIncomplete', ...single, broken: 'sightTaken', found: 'until it is done' },
];

/** Commands of the Azure CLI that the local cloud does not answer as Azure does, on whatever page. They are not run. */
export const NOT_ANSWERED: readonly RegExp[] = [
  // It asks whether the name is free, and makes a database in the server: the local cloud has neither.
  /^mysql flexible-server create /,
  // It asks a person at a terminal whether to go on.
  /^aks upgrade /,
];

/** Whether the check runs a command in this scene. */
export const isRunIn = ({ lines = /^/, found }: Scene, command: string): boolean => {
  if (/^(cmk-guardian|curl) /.test(command)) return found !== undefined && !/\$TOKEN|--repair/.test(command);
  const [, rest] = /^az (.*)$/.exec(command) ?? [];
  return rest !== undefined && lines.test(rest) && !NOT_ANSWERED.some((one) => one.test(rest));
};

/** Whether the check runs a command of a page in any scene. */
export const isRunOn = (page: PageKind, command: string): boolean =>
  SCENES.some((scene) => scene.page === page && isRunIn(scene, command));
