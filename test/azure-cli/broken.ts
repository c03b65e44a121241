import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { FullWorld } from '../../local/cloud/create-world.ts';
import { breakLink } from '../builders/breaking/break-link.ts';
import { principalOf } from '../builders/breaking/find-subject.ts';
import { LINKS, type Link } from '../builders/breaking/links.ts';
import { KEY_NAME, type Subject } from '../builders/breaking/subjects.ts';
import { MINUTE } from '../builders/durations.ts';
import type { State } from '../docs/runbooks/by-azure-cli.ts';
import type { Terminal } from './terminal.ts';

type Break = (world: FullWorld, subject: Subject, folder: string) => void | Promise<void>;

/** A deletion takes a while, and what is being deleted cannot be purged. */
const settled = async ({ clock }: FullWorld): Promise<void> => {
  const until = clock.now() + MINUTE;
  while (clock.now() < until) await new Promise((resolve) => setTimeout(resolve, 200));
};

const DAY_SECONDS = 86_400;

const without =
  (operation: string): Break =>
  ({ keyVault }, { vault }) => {
    const all = ['encrypt', 'decrypt', 'sign', 'verify', 'wrapKey', 'unwrapKey'];
    keyVault.setAttributes(vault, KEY_NAME, undefined, { keyOps: all.filter((one) => one !== operation) });
  };

/** The owner has a backup, in a file beside the commands; then the key is gone for good. */
const purgeWithBackup: Break = async (world, { vault }, folder) => {
  const { keyVault } = world;
  writeFileSync(path.join(folder, `${KEY_NAME}.backup`), Buffer.from(keyVault.backupKey(vault, KEY_NAME), 'base64url'));
  keyVault.deleteKey(vault, KEY_NAME);
  await settled(world);
  keyVault.purgeKey(vault, KEY_NAME);
};

/** Azure has shut down the machines on a set, which does not bring them back with the key. */
const stopMachines: Break = ({ compute }, { name }) => {
  for (const machine of compute.machines.all().filter((one) => one.name.startsWith(`${name}-vm-`)))
    compute.stop(machine, 'stopped');
};

/** Whatever the model is, it becomes the other one, in which nobody has been let in. */
const changeModel: Break = ({ keyVault }, { vault, model }) =>
  void keyVault.updateVault(vault, { rbac: model === 'accessPolicies' });

const BREAKS: Readonly<Record<State, Break>> = {
  cannotUnwrap: without('unwrapKey'),
  cannotWrap: without('wrapKey'),
  keyPurged: purgeWithBackup,
  machinesStopped: stopMachines,
  modelChanged: changeModel,
  notYetActive: ({ clock, keyVault }, { vault }) =>
    void keyVault.setAttributes(vault, KEY_NAME, undefined, { nbf: Math.floor(clock.now() / 1_000) + DAY_SECONDS }),
  readerTaken: (world, subject) => {
    const scope = world.keyVault.vault(subject.vault)?.id ?? '';
    const held = world.rbac.assignments().filter((one) => one.principalId === principalOf(world, subject));
    for (const { name } of held.filter((one) => one.scope === scope)) world.rbac.unassign(scope, name);
  },
};

const isLink = (broken: Link | State): broken is Link => LINKS.some((one) => one === broken);

/** Brings about the state that a page is for. */
export const breakAs = async (
  { cloud: { world }, folder }: Terminal,
  subject: Subject,
  broken: Link | State,
): Promise<void> => (isLink(broken) ? breakLink(world, subject, broken) : BREAKS[broken](world, subject, folder));
