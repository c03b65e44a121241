/** Acts of people on a vault and its keys while the probe looks at it by lists. */
import { DELETION_SECONDS, RECOVERY_SECONDS } from '../../../local/cloud/key-vault/key-life.ts';
import { VAULT_RECOVERY_SECONDS } from '../../../local/cloud/key-vault/vault-deletion.ts';
import { buildWorld, type WorldPlan } from '../../../local/cloud/worlds/build-world.ts';
import type { Stage } from '../product.ts';
import { MINUTE, VAULT } from './listed-vaults.ts';

/** A key in use, in the vault of this plan. `backups`: by the names of keys. */
export type Scene = Pick<Stage, 'cloud'> & {
  readonly plan: WorldPlan;
  readonly at: number;
  readonly backups: Map<string, string>;
};

/** Ms that a deletion and a recovery take, and then something later than a deletion. */
const [DELETION, RECOVERY, VAULT_RECOVERY] = [DELETION_SECONDS, RECOVERY_SECONDS, VAULT_RECOVERY_SECONDS].map(
  (seconds) => seconds * 1_000,
) as [number, number, number];
const AFTER_DELETION = DELETION + 1_000;

const keyVaultOf = ({ cloud }: Scene) => cloud.world.keyVault;
const nameOf = ({ at }: Scene): string => `cmk-${at}`;
const nowIn = ({ cloud }: Scene): number => Math.floor(cloud.world.clock.now() / 1_000);

type Changes = Parameters<ReturnType<typeof keyVaultOf>['setAttributes']>[3];

const change =
  (changes: (scene: Scene) => Changes) =>
  (scene: Scene): unknown =>
    keyVaultOf(scene).setAttributes(VAULT, nameOf(scene), undefined, changes(scene));

const ignoringRefusals = (act: () => unknown): boolean => {
  try {
    act();
    return true;
  } catch {
    return false;
  }
};

const later = ({ cloud }: Scene, ms: number, act: () => unknown): unknown =>
  cloud.world.clock.setTimeout(() => void ignoringRefusals(act), ms);

/** The key is purged as soon as it is deleted; then `make` runs under its name. */
const replace = (scene: Scene, make: () => unknown): unknown => {
  const keyVault = keyVaultOf(scene);
  keyVault.deleteKey(VAULT, nameOf(scene));
  return later(scene, AFTER_DELETION, () => {
    keyVault.purgeKey(VAULT, nameOf(scene));
    make();
  });
};

const isMadeAgain = (name: string): boolean => !/^cmk-[02468]$/.test(name);

/** The vault is purged, and one of its name made: every second key comes back from its backup, the others are new. */
const replaceVault = (scene: Scene): void => {
  const keyVault = keyVaultOf(scene);
  const [vault] = scene.plan.vaults ?? [];
  const { keys = [] } = vault ?? {};
  const kept = keys.filter(({ name }) => !isMadeAgain(name));
  const blobs = kept.flatMap(({ name }) => {
    const isThere = keyVault.key(VAULT, name) !== undefined;
    return isThere ? [keyVault.backupKey(VAULT, name)] : [];
  });
  keyVault.deleteVault(VAULT);
  keyVault.purgeVault(VAULT);
  const again = vault ? [{ ...vault, keys: keys.filter(({ name }) => isMadeAgain(name)) }] : [];
  buildWorld(scene.cloud.world, { vaults: again });
  for (const blob of blobs) keyVault.restoreKey(VAULT, blob);
};

const OF_KEYS = {
  disable: change(() => ({ enabled: false })),
  enable: change(() => ({ enabled: true })),
  disableFirst: (scene) => {
    const [first] = keyVaultOf(scene).key(VAULT, nameOf(scene))?.versions ?? [];
    keyVaultOf(scene).setAttributes(VAULT, nameOf(scene), first?.version, { enabled: false });
  },
  expireLater: change((scene) => ({ exp: nowIn(scene) + 86_400_000 })),
  expireSoon: change((scene) => ({ exp: nowIn(scene) + 90 })),
  expire: change((scene) => ({ exp: nowIn(scene) - 60 })),
  activate: change((scene) => ({ nbf: nowIn(scene) - 60 })),
  postpone: change((scene) => ({ nbf: nowIn(scene) + 90 })),
  sign: change(() => ({ keyOps: ['sign'] })),
  wrap: change(() => ({ keyOps: ['wrapKey', 'unwrapKey'] })),
  tag: change((scene) => ({ tags: { at: nameOf(scene) } })),
  untag: change(() => ({ tags: {} })),
  rotate: (scene) => keyVaultOf(scene).rotateKey(VAULT, nameOf(scene)),
  rotateTwice: (scene) => [1, 2].map(() => keyVaultOf(scene).rotateKey(VAULT, nameOf(scene))),
  delete: (scene) => keyVaultOf(scene).deleteKey(VAULT, nameOf(scene)),
  recover: (scene) => keyVaultOf(scene).recoverKey(VAULT, nameOf(scene)),
  purge: (scene) => keyVaultOf(scene).purgeKey(VAULT, nameOf(scene)),
  purgeAndMake: (scene) => replace(scene, () => keyVaultOf(scene).createKey(VAULT, nameOf(scene))),
  backUp: (scene) => scene.backups.set(nameOf(scene), keyVaultOf(scene).backupKey(VAULT, nameOf(scene))),
  purgeAndRestore: (scene) => {
    const blob = scene.backups.get(nameOf(scene)) ?? keyVaultOf(scene).backupKey(VAULT, nameOf(scene));
    return replace(scene, () => keyVaultOf(scene).restoreKey(VAULT, blob));
  },
  makeOther: (scene) => keyVaultOf(scene).createKey(VAULT, `a-${nameOf(scene)}`),
  deleteOther: (scene) => keyVaultOf(scene).deleteKey(VAULT, `other-${scene.at}`),
  recoverOther: (scene) => keyVaultOf(scene).recoverKey(VAULT, `other-${scene.at}`),
} satisfies Record<string, (scene: Scene) => unknown>;

const OF_VAULT = {
  loseVault: (scene) => {
    keyVaultOf(scene).deleteVault(VAULT);
    return later(scene, 3 * MINUTE, () => keyVaultOf(scene).recoverVault(VAULT));
  },
  replaceVault,
} satisfies Record<string, (scene: Scene) => unknown>;

const ACTS = { ...OF_KEYS, ...OF_VAULT };
export type ActName = keyof typeof ACTS;

export const KEY_ACTS = Object.keys(OF_KEYS) as readonly ActName[];
export const VAULT_ACTS = Object.keys(OF_VAULT) as readonly ActName[];

/** How many ms after an act what it began goes on by itself; left out where all is done at once. */
export const GOES_ON: { readonly [Name in ActName]?: readonly number[] } = {
  delete: [DELETION],
  recover: [RECOVERY],
  purgeAndMake: [DELETION, AFTER_DELETION],
  purgeAndRestore: [DELETION, AFTER_DELETION],
  loseVault: [3 * MINUTE, 3 * MINUTE + VAULT_RECOVERY],
};

/** Whether the act was done: an act that Azure would refuse does not happen. */
export const act = (name: ActName, scene: Scene): boolean => ignoringRefusals(() => ACTS[name](scene));
