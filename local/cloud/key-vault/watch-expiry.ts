import type { World } from '../service.ts';
import { createAgenda } from './agenda.ts';
import type { Key, KeyVersion } from './key.ts';
import { versionData } from './key-changes.ts';
import { DEFAULT_ROTATION_POLICY, nearExpiryInstant, rotationInstant } from './rotation-policy.ts';
import type { Vault } from './vault.ts';

/** The functions of Key Vault that this file needs: to find a key, and to rotate it. */
type Keys = {
  vault(name: string): Vault | undefined;
  key(vault: string, name: string): Key | undefined;
  rotateKey(vault: string, name: string): unknown;
};

type Moment = 'keyNearExpiry' | 'keyExpired' | 'rotation';

/** The coming moments of a key: only its current version counts, and an expiry that has passed is no longer near. */
const momentsOf = (key: Key, version: KeyVersion, now: number): [Moment, number | undefined][] => {
  const policy = key.rotationPolicy ?? DEFAULT_ROTATION_POLICY;
  const expiry = version.exp === undefined ? undefined : version.exp * 1000;
  const near = expiry !== undefined && expiry > now ? nearExpiryInstant(policy, version) : undefined;
  return [
    ['keyNearExpiry', near],
    ['keyExpired', expiry],
    ['rotation', rotationInstant(policy, version)],
  ];
};

/**
 * Announces the current version of each key when it is about to expire and when it has, disabled or not, once per version
 * and expiry; and rotates keys whose policy says so. An instant that has already passed counts as now.
 */
export const watchExpiry = (world: World, keyVault: Keys): void => {
  const agenda = createAgenda(world.clock);
  const announced = new Set<string>();

  const happen = (moment: Moment, vault: Vault, key: Key, version: KeyVersion): void => {
    if (vault.deletedAt !== undefined || key.deletedAt !== undefined) return;
    const once = `${moment} ${version.kid} ${moment === 'rotation' ? '' : version.exp}`;
    if (announced.has(once)) return;
    announced.add(once);
    if (moment === 'rotation') keyVault.rotateKey(vault.name, key.name);
    else
      world.changed({
        kind: moment,
        resourceId: vault.id,
        at: world.clock.now(),
        data: versionData(vault, key, version),
      });
  };

  world.onChange(({ data }) => {
    const { vault: vaultName, key: keyName } = data ?? {};
    if (typeof vaultName !== 'string' || typeof keyName !== 'string') return;
    const vault = keyVault.vault(vaultName);
    const key = vault && keyVault.key(vaultName, keyName);
    const version = key?.versions.at(-1);
    if (!vault || !key || !version) return;
    const now = world.clock.now();
    const entries = momentsOf(key, version, now).flatMap(([moment, at]) =>
      at === undefined ? [] : [{ at: Math.max(at, now), run: () => happen(moment, vault, key, version) }],
    );
    agenda.set(`${vault.id}/keys/${key.name}`.toLowerCase(), entries);
  });
};
