import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createClock } from '../../local/clock/authority.ts';
import { type Cloud, startCloud } from '../../local/cloud/cloud.ts';
import { buildWorld } from '../../local/cloud/worlds/build-world.ts';
import { subscriptionId } from '../../local/cloud/worlds/product.ts';
import { bigEstate } from '../scale/big-estate.ts';
import { useOf } from '../scale/quota-use.ts';
import { isFirstOfItsShape, type Shape } from '../scale/shape.ts';

/**
 * The calls of one run of Cloud Custodian over an estate. The first call of a client, which Key Vault refuses for its missing
 * token, is not counted.
 */
export type CustodianRun = {
  readonly shape: Shape;
  readonly version: string;
  readonly keyVaultCalls: number;
  readonly resourceManagerCalls: number;
  readonly seconds: number;
};

/** `skipped`: the reason why it was not run here. */
export type Custodian = { readonly runs: readonly CustodianRun[] } | { readonly skipped: string };

const POLICY = path.join(import.meta.dirname, 'policy.yml');

type Ended = { readonly code: number | null; readonly said: string };

const run = (program: string, words: readonly string[], env: NodeJS.ProcessEnv): Promise<Ended> =>
  new Promise((resolve) => {
    const child = spawn(program, words, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.once('error', (error) => resolve({ code: null, said: error.message }));
    child.once('close', (code) => resolve({ code, said }));
  });

/** The folder of its Python environment, filled from PyPI: outside this repository, and kept for the next run. */
const VENV = path.join(os.tmpdir(), 'cmk-guardian-custodian');

const lastLine = ({ said }: Ended): string => said.trim().split('\n').at(-1) ?? '';

/** The program, installed where there is Python; else the reason why there is none. */
const install = async (): Promise<{ readonly program: string } | { readonly skipped: string }> => {
  const program = path.join(VENV, 'bin', 'custodian');
  if (existsSync(program)) return { program };
  const made = await run('python3', ['-m', 'venv', VENV], process.env);
  if (made.code !== 0) return { skipped: `there is no Python that makes a venv: ${lastLine(made)}` };
  const installed = await run(path.join(VENV, 'bin', 'pip'), ['install', '--quiet', 'c7n', 'c7n_azure'], process.env);
  if (installed.code === 0) return { program };
  await rm(VENV, { recursive: true, force: true });
  return { skipped: `PyPI gives no c7n_azure: ${lastLine(installed)}` };
};

/** Cloud Custodian signs in as the product, which may read the same resources. */
const environmentOf = (cloud: Cloud, folder: string): NodeJS.ProcessEnv => ({
  ...process.env,
  ...cloud.environment,
  HOME: folder,
  REQUESTS_CA_BUNDLE: cloud.caFile,
  AZURE_USE_MSI: 'true',
  AZURE_SUBSCRIPTION_ID: subscriptionId,
  AZURE_TENANT_ID: cloud.world.entra.tenantId,
});

const runOver = async (program: string, shape: Shape): Promise<CustodianRun> => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'cmk-guardian-custodian-run-'));
  // Cloud Custodian runs by the wall clock: so does its cloud.
  const clock = createClock({ now: new Date() });
  const cloud = await startCloud({ clock, log: () => {} });
  try {
    buildWorld(cloud.world, bigEstate(shape));
    const env = environmentOf(cloud, folder);
    const began = performance.now();
    const ended = await run(program, ['run', '--cache-period', '0', '--output-dir', folder, POLICY], env);
    // Where Cloud Custodian cannot list a vault, it only logs a line. Without this check, such a vault would count as cheap.
    if (ended.code !== 0 || ended.said.includes('enumeration failed'))
      throw new Error(`Custodian ended with ${ended.code}: ${ended.said}`);
    const seconds = Math.round((performance.now() - began) / 100) / 10;
    const version = (await run(program, ['version'], env)).said.trim();
    const served = cloud.requests.list().filter(({ status }) => status !== 401);
    const { keyVaultCalls, armCalls } = useOf(served, 60);
    return { shape, version, keyVaultCalls, resourceManagerCalls: armCalls, seconds };
  } finally {
    await cloud.close();
    await clock.close();
    await rm(folder, { recursive: true, force: true });
  }
};

/** Cloud Custodian runs for one subscription at a time. */
const inOneSubscription = (shapes: readonly Shape[]): readonly Shape[] =>
  shapes.map((shape) => ({ ...shape, subscriptions: 1 })).filter(isFirstOfItsShape);

/**
 * The calls with which Cloud Custodian looks once at the keys of the same estates, each in one subscription: the real program
 * runs over the local cloud. A version of it that fails there is no failure of the bench.
 */
export const measureCustodian = async (shapes: readonly Shape[]): Promise<Custodian> => {
  const found = await install();
  if ('skipped' in found) return found;
  const runs: CustodianRun[] = [];
  try {
    for (const shape of inOneSubscription(shapes)) runs.push(await runOver(found.program, shape));
  } catch (error) {
    return { skipped: `it has failed: ${error instanceof Error ? error.message : String(error)}` };
  }
  return { runs };
};
