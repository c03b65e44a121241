/** `npm run check:runbooks`: follows the runbooks by the Azure CLI, in a local cloud in the state that each page is for. */
import process from 'node:process';
import { parseArgs } from 'node:util';
import { findAzureCli, installAzureCli } from '../../infra/check/azure-cli.ts';
import type { FullWorld } from '../../local/cloud/create-world.ts';
import type { WorldPlan } from '../../local/cloud/worlds/build-world.ts';
import { type Subject, worldOf } from '../builders/breaking/subjects.ts';
import { SCENES, type Scene } from '../docs/runbooks/by-azure-cli.ts';
import { follow } from './follow.ts';
import { openTerminal, type Terminal } from './terminal.ts';

const HELP = `npm run check:runbooks

Runs the commands of docs/runbooks that begin with az, by the Azure CLI itself, in the local cloud, in the state that their page is for.
Holds that they end well, and where they give a key back or take it away, that they do. docs/runbooks/README.md lists what is not run.

  -- --page <fault>  that page alone; may be given more than once
  -- --install       installs the Azure CLI from PyPI where it is not yet: 700 MB
  -- --where         says where the Azure CLI is, and runs nothing

Exit code 0: all holds. 1: something does not. 77: skipped, because the Azure CLI is not there.`;

const SKIPPED = 77;

const subjectOf = ({ kind, model }: Scene, n: number): Subject => ({
  ...{ kind, model, links: [] },
  ...{ name: `${kind}-${n}`, vault: `kv-runbook-${n}` },
});

/** What must be purged for a page is not protected from it. */
const planOf = (subjects: readonly Subject[]): WorldPlan => {
  const { vaults = [], ...plan } = worldOf(subjects);
  const keeps = new Map(SCENES.map(({ keeps }, n) => [subjects[n]?.vault, keeps]));
  return { ...plan, vaults: vaults.map((vault) => ({ ...vault, keeps: keeps.get(vault.name) ?? 'everything' })) };
};

const PERMISSIONS = ['get', 'list', 'create', 'update', 'delete', 'recover', 'backup', 'restore'];

/** The owner of a subscription may give himself any permission on keys, and has none of himself. */
const letIn = (world: FullWorld, { vault, model }: Subject, objectId: string): void => {
  if (model === 'roles') {
    const scope = world.keyVault.vault(vault)?.id ?? '';
    world.rbac.assign({ scope, role: 'Key Vault Crypto Officer', principalId: objectId });
    return;
  }
  const { tenantId } = world.entra;
  world.keyVault.changePolicies(vault, 'add', [{ tenantId, objectId, permissions: { keys: PERMISSIONS } }]);
};

const followAll = async (
  terminal: Terminal,
  subjects: readonly Subject[],
  pages: readonly string[],
): Promise<number> => {
  let [commands, faults] = [0, 0];
  for (const [n, scene] of SCENES.entries()) {
    if (pages.length > 0 && !pages.includes(scene.page)) continue;
    const followed = await follow(terminal, scene, subjects[n] as Subject);
    console.log(`${followed.faults.length === 0 ? 'holds' : 'FAILS'}  ${scene.page}, ${scene.kind}, ${scene.model}`);
    for (const fault of followed.faults) console.log(fault);
    commands += followed.commands;
    faults += followed.faults.length;
  }
  console.log(`${commands} commands, ${faults} faults`);
  return faults === 0 && commands > 0 ? 0 : 1;
};

const check = async (pages: readonly string[]): Promise<number> => {
  const subjects = SCENES.map(subjectOf);
  const terminal = await openTerminal(findAzureCli, planOf(subjects));
  try {
    for (const subject of subjects) letIn(terminal.cloud.world, subject, terminal.person);
    return await followAll(terminal, subjects, pages);
  } finally {
    await terminal.close();
  }
};

const main = async (): Promise<number> => {
  const { values } = parseArgs({
    options: {
      help: { type: 'boolean', short: 'h' },
      install: { type: 'boolean', default: false },
      where: { type: 'boolean', default: false },
      page: { type: 'string', multiple: true, default: [] },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  if (values.install) installAzureCli();
  const cli = findAzureCli('');
  if (!cli) {
    console.log('skipped: there is no Azure CLI; npm run check:runbooks -- --install installs one');
    return SKIPPED;
  }
  if (!values.where) return check(values.page);
  console.log(cli.folder);
  return 0;
};

process.exitCode = await main();
