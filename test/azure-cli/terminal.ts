import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { type AzureCli, forgetTokens } from '../../infra/check/azure-cli.ts';
import { said } from '../../infra/check/said.ts';
import { type Booted, boot } from '../../local/boot.ts';
import { buildWorld, type WorldPlan } from '../../local/cloud/worlds/build-world.ts';
import { subscriptionId } from '../../local/cloud/worlds/product.ts';
import { MINUTE } from '../builders/durations.ts';
import { runGuardianAt } from './guardian.ts';

/**
 * A cloud, the product that watches it and writes nothing, and a person on call at a terminal with the Azure CLI, who owns the
 * subscription.
 */
export type Terminal = {
  readonly cloud: Booted['cloud'];
  /** Object id of the person. */
  readonly person: string;
  /** The folder in which the commands run. */
  readonly folder: string;
  /** Runs a command as it stands. Rejects with what it has said where it fails. */
  run(command: string): Promise<string>;
  /** Lets time pass until this holds, for this long at most. Resolves with whether it does. */
  waitFor(holds: () => Promise<boolean>, ms: number): Promise<boolean>;
  close(): Promise<void>;
};

type Made = { readonly objectId: string; readonly environment: Readonly<Record<string, string>> };

/** Virtual seconds for one of the wall: the CLI waits for what Azure needs minutes for. */
const RATE = 20;

/** The steps in which time passes for who waits, in virtual ms. */
const STEP = 15_000;

/** One sweep, from which the product knows everybody as well. From then on it looks when it is asked. */
const EARLY_SWEEP = '0 1 0 * * *';
const ONCE_A_YEAR = '0 0 0 1 1 *';
const MIDNIGHT = new Date('2026-03-02T00:00:00Z');

const SETTINGS = {
  GUARDIAN_MODE: 'observe',
  GUARDIAN_SCOPE: `/subscriptions/${subscriptionId}`,
  GUARDIAN_SWEEP_SCHEDULE: EARLY_SWEEP,
  GUARDIAN_PROBE_SCHEDULE: ONCE_A_YEAR,
  GUARDIAN_POSTURE_SCHEDULE: ONCE_A_YEAR,
  GUARDIAN_SUMMARY_SCHEDULE: ONCE_A_YEAR,
};

const personIn = async ({ cloud }: Booted): Promise<Made> => {
  const body = JSON.stringify({ name: 'on-call', subscription: subscriptionId });
  const answer = await fetch(`${cloud.control}/repair/create-deployer`, { method: 'POST', body });
  if (!answer.ok) throw new Error(await answer.text());
  return (await answer.json()) as Made;
};

const environmentOf = ({ cloud, host }: Booted, { environment }: Made, cli: AzureCli) => ({
  ...environment,
  ...cli.environment,
  API: `http://127.0.0.1:${host().port}/api`,
  KEY: host().functionKey,
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
  const booted = await boot({ now: MIDNIGHT, settings: SETTINGS });
  const { clock, cloud } = booted;
  buildWorld(cloud.world, plan);
  await clock.advance(3 * MINUTE);
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
      if (command.startsWith('cmk-guardian ')) return runGuardianAt(booted, command);
      forgetTokens(cli);
      return said('bash', ['-ceu', command], where);
    },
    waitFor: async (holds, ms) => {
      for (const until = clock.now() + ms; ; await clock.advance(STEP)) {
        if (await holds()) return true;
        if (clock.now() >= until) return false;
      }
    },
    close: async () => {
      stop();
      await booted.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
};
