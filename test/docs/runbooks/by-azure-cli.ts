/** Which pages the check of the runbooks follows by the Azure CLI, in which state: `npm run check:runbooks`. */
import type { VaultPlan } from '../../../local/cloud/worlds/build-world.ts';
import type { PageKind } from '../../../src/posture/runbooks.ts';
import type { Kind, Link, Model } from '../../builders/breaking/links.ts';

/** States that are no link of an access path. */
export type State =
  | ('cannotUnwrap' | 'cannotWrap' | 'keyPurged' | 'machinesStopped' | 'modelChanged')
  | ('notYetActive' | 'readerTaken');

/**
 * What a page gives back: the key or an identity to the consumer, the key to a copy of it so that the copy serves, or the machines
 * on a set.
 */
export type Regained = 'key' | 'identity' | 'copy' | 'machines';

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
};

const policies = { model: 'accessPolicies' } as const;
const single = { kind: 'single', ...policies } as const;
const set = { kind: 'set', ...policies } as const;

export const SCENES: readonly Scene[] = [
  { page: 'keyExpired', ...single, broken: 'keyExpired', mends: true, undoes: true },
  { page: 'keyNearExpiry', kind: 'flexible', model: 'roles' },
  { page: 'keyDisabled', kind: 'single', model: 'roles', broken: 'keyDisabled', mends: true, undoes: true },
  { page: 'keyDeleted', ...single, broken: 'keyDeleted', mends: true, undoes: true },
  { page: 'keyMissing', kind: 'flexible', ...policies, broken: 'keyDeleted', mends: true },
  { page: 'keyNotYetActive', ...single, broken: 'notYetActive', mends: true, undoes: true },
  { page: 'keyCannotWrap', ...single, broken: 'cannotWrap', mends: true },
  { page: 'keyCannotUnwrap', kind: 'flexible', model: 'roles', broken: 'cannotUnwrap', mends: true },
  {
    ...{ page: 'accessMissing', kind: 'flexible', model: 'roles', broken: 'accessRemoved' },
    ...{ lines: /^role /, mends: true, undoes: true },
  },
  { page: 'accessMissing', ...single, broken: 'accessRemoved', lines: /^keyvault .* get wrapKey/, mends: true },
  {
    ...{ page: 'accessMissing', kind: 'flexible', ...policies, broken: 'accessRemoved' },
    ...{ lines: /^keyvault .* get list wrapKey/, mends: true },
  },
  { page: 'vaultFirewallBlocks', ...single, broken: 'networkClosed', mends: true, undoes: true },
  { page: 'vaultDeleted', ...single, broken: 'vaultDeleted', mends: true, undoes: true },
  { page: 'consumerInaccessible', ...single, lines: /^mysql server / },
  { page: 'identityMissing', kind: 'flexible', ...policies, broken: 'identityRemoved', lines: /^identity / },
  { page: 'accessUnproven', ...set },
  { page: 'autoKeyRotationFailed', ...set },
  { page: 'readerMissing', ...set, broken: 'readerTaken' },
  { page: 'keyForeign', ...single, lines: /^keyvault key (list-versions|show) / },
  { page: 'keyVersionMissing', ...single, lines: /^keyvault key list-versions / },
  { page: 'keyExportable', ...single },
  { page: 'keyTypeUnsupported', ...single },
  { page: 'keySharedByMany', ...single },
  {
    page: 'copyAwaitingAccess',
    ...single,
    broken: 'copyFresh',
    lines: /^(keyvault|mysql server) /,
    regains: 'copy',
    mends: true,
    undoes: true,
  },
  {
    page: 'machinesShutDown',
    ...set,
    broken: 'machinesStopped',
    lines: /^vm /,
    regains: 'machines',
    mends: true,
    undoes: true,
  },
  { page: 'vaultForeign', ...single },
  { page: 'vaultUnreachable', ...single },
  { page: 'tenantMismatch', ...single },
  {
    page: 'identityMissing',
    ...single,
    broken: 'identityRemoved',
    lines: /^mysql server /,
    regains: 'identity',
    mends: true,
  },
  { page: 'permissionModelChanged', ...single, broken: 'modelChanged', lines: /^keyvault /, mends: true, undoes: true },
  { page: 'permissionModelChanged', ...single, broken: 'modelChanged', lines: /^role /, mends: true, undoes: true },
  { page: 'keyPurged', ...single, keeps: 'what is deleted', broken: 'keyPurged', mends: true, undoes: true },
  {
    ...{ page: 'keyForeign', ...single, keeps: 'what is deleted', broken: 'keyPurged' },
    ...{ lines: /^keyvault key restore /, mends: true },
  },
];

/** Commands of the Azure CLI that the local cloud does not answer as Azure does, on whatever page. They are not run. */
export const NOT_ANSWERED: readonly RegExp[] = [
  // It asks for the sizes that a region offers, and for replicas, in a version that the local cloud does not have.
  /^mysql flexible-server /,
  // It writes the whole server, as it was read; whether Azure takes that without a password nothing shows.
  /^resource update /,
];

/** Whether the check runs a command in this scene. */
export const isRunIn = ({ lines = /^/ }: Scene, command: string): boolean => {
  const [, rest] = /^az (.*)$/.exec(command) ?? [];
  return rest !== undefined && lines.test(rest) && !NOT_ANSWERED.some((one) => one.test(rest));
};

/** Whether the check runs a command of a page in any scene. */
export const isRunOn = (page: PageKind, command: string): boolean =>
  SCENES.some((scene) => scene.page === page && isRunIn(scene, command));
