import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { type AzureCli, forgetTokens } from '../../infra/check/azure-cli.ts';
import { said } from '../../infra/check/said.ts';
import { type BootedCloud, bootCloud } from '../../local/boot-cloud.ts';
import { buildWorld, type WorldPlan } from '../../local/cloud/worlds/build-world.ts';
import { subscriptionId } from '../../local/cloud/worlds/product.ts';

/** A cloud, and a person on call at a terminal with the Azure CLI, who owns its subscription. */
export type Terminal = {
  readonly cloud: BootedCloud['cloud'];
  /** Object id of the person. */
  readonly person: string;
  /** The folder in which the commands run. */
  readonly folder: string;
  /** Runs a command as it stands. Rejects with what it has said where it fails. */
  run(command: string): Promise<string>;
  close(): Promise<void>;
};

type Made = { readonly objectId: string; readonly environment: Readonly<Record<string, string>> };

/** Virtual seconds for one of the wall: the CLI waits for what Azure needs minutes for. */
const RATE = 20;

const personIn = async ({ cloud }: BootedCloud): Promise<Made> => {
  const body = JSON.stringify({ name: 'on-call', subscription: subscriptionId });
  const answer = await fetch(`${cloud.control}/repair/create-deployer`, { method: 'POST', body });
  if (!answer.ok) throw new Error(await answer.text());
  return (await answer.json()) as Made;
};

const environmentOf = ({ cloud }: BootedCloud, { environment }: Made, cli: AzureCli) => ({
  ...environment,
  ...cli.environment,
  HTTPS_PROXY: `http://127.0.0.1:${cloud.port}`,
  NO_PROXY: '127.0.0.1,localhost',
  REQUESTS_CA_BUNDLE: cloud.caFile,
  PATH: [cli.folder, process.env['PATH'] ?? ''].join(path.delimiter),
});

export const openTerminal = async (
  cliAt: (home: string) => AzureCli | undefined,
  plan: WorldPlan,
): Promise<Terminal> => {
  const home = mkdtempSync(path.join(os.tmpdir(), 'runbooks-'));
  const cli = cliAt(home);
  if (!cli) throw new Error('The Azure CLI is not there any more.');
  const booted = await bootCloud({ now: new Date(), world: 'undeployed', log: () => {} });
  const { clock, cloud } = booted;
  buildWorld(cloud.world, plan);
  const person = await personIn(booted);
  const where = { cwd: home, env: environmentOf(booted, person, cli) };
  const stop = clock.followWall(RATE);
  const { ARM_CLIENT_ID: id = '', ARM_CLIENT_SECRET: secret = '', ARM_TENANT_ID: tenant = '' } = person.environment;
  const words = ['login', '--service-principal', '--username', id, `--password=${secret}`, '--tenant', tenant];
  await said(path.join(cli.folder, 'az'), words, where);
  return {
    cloud,
    person: person.objectId,
    folder: home,
    run: (command) => {
      forgetTokens(cli);
      return said('bash', ['-ceu', command], where);
    },
    close: async () => {
      stop();
      await booted.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
};
