import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Deployable } from './deployable.ts';
import { said } from './said.ts';
import { cacheFolder } from './tools.ts';

/** Whose help test/builders/az tells: what is checked there by its words is run here. */
const VERSION = '2.91.0';

/** The Azure CLI, and how it is told to ask nobody and to tell nobody. */
export type AzureCli = {
  /** Where `az` is. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
};

const venv = (): string => path.join(cacheFolder(), `azure-cli-${VERSION}`);
const binOf = (folder: string): string => path.join(folder, 'bin');

/** @param home of what it keeps: who has signed in, and where. */
const asNobodyElse = (home: string): AzureCli['environment'] => ({
  AZURE_CONFIG_DIR: home,
  AZURE_CORE_COLLECT_TELEMETRY: 'false',
  AZURE_CORE_ONLY_SHOW_ERRORS: 'true',
  AZURE_CORE_DISABLE_CONFIRM_PROMPT: 'true',
});

/** `undefined` where nobody has installed it. */
export const findAzureCli = (home: string): AzureCli | undefined =>
  existsSync(path.join(binOf(venv()), 'az')) ? { folder: binOf(venv()), environment: asNobodyElse(home) } : undefined;

/** Installs it from PyPI where it is not yet: minutes, and 700 MB. Throws where Python cannot. */
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

/** Signs in as who deploys: the page's own way opens a browser. */
export const signIn = async ({ folder, environment }: AzureCli, place: Deployable): Promise<void> => {
  const { ARM_CLIENT_ID: id = '', ARM_CLIENT_SECRET: secret = '', ARM_TENANT_ID: tenant = '' } = place.environment;
  const words = ['login', '--service-principal', '--username', id, `--password=${secret}`, '--tenant', tenant];
  const env = { ...place.environment, ...environment, REQUESTS_CA_BUNDLE: place.cloud.caFile };
  await said(path.join(folder, 'az'), words, { cwd: folder, env });
};

/** What it has been given for an hour it keeps for an hour of the wall, while that of the cloud may long be over: it has to ask again. */
export const forgetTokens = ({ environment }: AzureCli): void =>
  rmSync(path.join(environment['AZURE_CONFIG_DIR'] ?? '', 'msal_token_cache.json'), { force: true });
