/** Functions for attacks in which an owner takes access away, and the product would give it back. */

import { theServer } from '../builders/breaking/find-subject.ts';
import type { AppPlan } from '../builders/open-app.ts';
import { type App, MINUTE, NEXT_SWEEP } from '../builders/open-app.ts';
import { victims } from './world.ts';

const WORLD = victims('kv-retaken', 'kv-logged');

/** Default settings, with role assignments, which are deleted with their vault. */
export const REVOKING: AppPlan = {
  world: { ...WORLD, vaults: (WORLD.vaults ?? []).map((vault) => ({ ...vault, permissions: 'roles' })) },
  wake: 'sweep',
  settings: { GUARDIAN_FUSE_ROOT_CAUSES: '99' },
};

/** The app reverses everything without asking. */
export const REVERSING: AppPlan = {
  world: victims('kv-remade'),
  wake: 'sweep',
  settings: { GUARDIAN_AUTO_REVERSE: 'all', GUARDIAN_FUSE_ROOT_CAUSES: '99' },
};

/** Long enough for the product to record everything as healthy, and the extensions of the vaults as well. */
export const SETTLED = 60 * MINUTE + NEXT_SWEEP;

/** An act of a person in the portal. */
export const manually = ({ cloud }: App, verb: string, input: Record<string, unknown>): void => {
  const verbs = cloud.azure.services.flatMap(({ breaks }) => breaks);
  const found = verbs.find(({ name }) => name === verb);
  if (!found) throw new Error(`There is no verb ${verb}`);
  found.run(input);
};

export const vaultId = ({ cloud }: App, vault: string): string => cloud.world.keyVault.vault(vault)?.id ?? '';

/** Takes the role that lets the server of a vault of `victims` use its key. */
export const takeRole = (app: App, vault: string): void => {
  const server = theServer(app.cloud.world, vault.replace(/^kv-/, ''));
  const principalId = app.cloud.world.entra.managedIdentity(server.id)?.objectId ?? '';
  const role = 'Key Vault Crypto Service Encryption User';
  manually(app, 'remove-role-assignment', { scope: `${vaultId(app, vault)}/keys/cmk`, role, principalId });
};

/** The writes among these that assign a role in a vault. */
export const grantsIn = (vault: string, writes: readonly string[]): readonly string[] =>
  writes.filter((write) => write.includes(`/vaults/${vault}/`) && /roleAssignments/.test(write));
