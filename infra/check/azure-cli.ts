import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Deployable } from './deployable.ts';
import { said } from './said.ts';
import { cacheFolder } from './tools.ts';

/** The version whose help test/builders/az has: a test checks commands against that help, and this check runs them. */
const VERSION = '2.91.0';

/** The Azure CLI, with an environment in which it asks no questions and sends no telemetry. */
export type AzureCli = {
  /** The folder of `az`. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
};

const venv = (): string => path.join(cacheFolder(), `azure-cli-${VERSION}`);
const binOf = (folder: string): string => path.join(folder, 'bin');

/** @param home the folder of its state: the signed-in account and its cloud. */
const asNobodyElse = (home: string): AzureCli['environment'] => ({
  AZURE_CONFIG_DIR: home,
  AZURE_CORE_COLLECT_TELEMETRY: 'false',
  AZURE_CORE_ONLY_SHOW_ERRORS: 'true',
  AZURE_CORE_DISABLE_CONFIRM_PROMPT: 'true',
});

/** `undefined` where it is not installed. */
export const findAzureCli = (home: string): AzureCli | undefined =>
  existsSync(path.join(binOf(venv()), 'az')) ? { folder: binOf(venv()), environment: asNobodyElse(home) } : undefined;

/** Installs it from PyPI where it is missing: that takes minutes, and 700 MB. Throws where Python cannot. */
export const installAzureCli = (): void => {
  if (findAzureCli('')) return;
  console.log(`installing azure-cli ${VERSION} from PyPI: minutes, once on a machine`);
  mkdirSync(cacheFolder(), { recursive: true });
  const steps: readonly (readonly [string, readonly string[]])[] = [
    ['python3', ['-m', 'venv', venv()]],
    [path.join(binOf(venv()), 'pip'), ['install', '--quiet', '--no-input', `azure-cli==${VERSION}`]],
  ];
  for (const [program, args] of steps) {
    const { status, error } = spawnSync(program, args, { stdio: 'inherit' });
    if (status === 0) continue;
    rmSync(venv(), { recursive: true, force: true });
    throw new Error(`${program} ${args.join(' ')} ended with ${status ?? error?.message}`);
  }
};

/** Signs in as the deployer, without a browser, which the page's own command would open. */
export const signIn = async ({ folder, environment }: AzureCli, place: Deployable): Promise<void> => {
  const { ARM_CLIENT_ID: id = '', ARM_CLIENT_SECRET: secret = '', ARM_TENANT_ID: tenant = '' } = place.environment;
  const words = ['login', '--service-principal', '--username', id, `--password=${secret}`, '--tenant', tenant];
  const env = { ...place.environment, ...environment, REQUESTS_CA_BUNDLE: place.cloud.caFile };
  await said(path.join(folder, 'az'), words, { cwd: folder, env });
};

/**
 * The CLI keeps a token for an hour of real time, after which the token may be long expired in the time of the cloud: this makes
 * the CLI get a new one.
 */
export const forgetTokens = ({ environment }: AzureCli): void =>
  rmSync(path.join(environment['AZURE_CONFIG_DIR'] ?? '', 'msal_token_cache.json'), { force: true });
