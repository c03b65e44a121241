import { spawn } from 'node:child_process';
import { cpSync, globSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { PROVIDER_VERSION, type Tools } from './tools.ts';

/** A copy of infra/ in which OpenTofu works, so that its files are in no repository. */
export type Workshop = {
  /** The folder of the copy of infra/. */
  readonly folder: string;
  readonly tofu: string;
  /** The environment with which it finds its provider, and asks no questions. */
  readonly environment: Readonly<Record<string, string>>;
  /** Runs `tofu` in a folder of infra/, and returns its output; rejects where it ends with another exit code than these. */
  run(where: string, args: readonly string[], options?: RunOptions): Promise<string>;
  /** The same tools in another folder with the structure of infra/; folders that were initialised here are initialised there. */
  at(folder: string): Workshop;
  close(): void;
};

export type RunOptions = {
  readonly environment?: Readonly<Record<string, string>>;
  /** Exit codes that mean success; 0 when left out. */
  readonly codes?: readonly number[];
};

/** Credentials of no real account: AzAPI demands an account also for a plan without a cloud. */
const NOBODY: Readonly<Record<string, string>> = {
  ARM_TENANT_ID: '00000000-0000-4000-8000-00000000000a',
  ARM_SUBSCRIPTION_ID: '00000000-0000-4000-8000-00000000000b',
  ARM_CLIENT_ID: '00000000-0000-4000-8000-00000000000c',
  ARM_CLIENT_SECRET: 'none',
};

const ALWAYS: Readonly<Record<string, string>> = {
  ARM_USE_CLI: 'false',
  TF_IN_AUTOMATION: '1',
  CHECKPOINT_DISABLE: '1',
};

const PLATFORMS: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

/** A mirror of the registry with this provider alone, so that `init` needs no network. */
const layMirror = (root: string, provider: string): string => {
  const platform = `${process.platform}_${PLATFORMS[process.arch] ?? process.arch}`;
  const folder = path.join(root, 'mirror', 'registry.opentofu.org', 'azure', 'azapi', PROVIDER_VERSION, platform);
  mkdirSync(folder, { recursive: true });
  symlinkSync(provider, path.join(folder, `terraform-provider-azapi_v${PROVIDER_VERSION}`));
  const config = path.join(root, 'tofu.rc');
  const mirror = path.join(root, 'mirror');
  writeFileSync(config, `provider_installation {\n  filesystem_mirror {\n    path = "${mirror}"\n  }\n}\n`);
  return config;
};

/** The end of a run: its exit code and its output. The output of a plan is too long to print. */
type Ended = { readonly code: number; readonly said: string };

const ended = (command: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes: Buffer) => (said += bytes.toString()));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? -1, said }));
  });

/** The output of OpenTofu, without the frame and the line breaks that it puts around a sentence. */
export const unfolded = (said: string): string => said.replaceAll(/\s+[│╷╵]?\s*/g, ' ');

const SUMMARY = /^(?:Plan:|No changes|Apply complete|Destroy complete|Success!).*$/gm;

type Run = Workshop['run'];

const runningIn =
  (folder: string, tofu: string, always: Readonly<Record<string, string>>): Run =>
  async (where, args, { environment = NOBODY, codes = [0] } = {}) => {
    console.log(`tofu ${args.join(' ')}    (infra/${where})`);
    const began = performance.now();
    const env = { ...process.env, ...always, ...environment };
    const { code, said } = await ended(tofu, args, path.join(folder, where), env);
    if (!codes.includes(code)) throw new Error(`${said}\ntofu ${args[0]} in infra/${where} ended with ${code}`);
    const seconds = Math.round((performance.now() - began) / 1_000);
    for (const [line] of said.matchAll(SUMMARY)) console.log(`  ${line} (infra/${where}, ${seconds} s)`);
    return said;
  };

/** The files that `tofu init` writes into a folder. */
const INITIALISED = ['.terraform', '.terraform.lock.hcl'];

const initialisedAs = (from: string, to: string): void => {
  for (const found of globSync(
    INITIALISED.map((name) => `**/${name}`),
    { cwd: from },
  ))
    cpSync(path.join(from, found), path.join(to, found), { recursive: true, verbatimSymlinks: true });
};

/** @param infra the folder that is copied */
export const openWorkshop = ({ tofu, provider }: Tools, infra: string): Workshop => {
  const root = mkdtempSync(path.join(os.tmpdir(), 'cmk-guardian-infra-'));
  const config = layMirror(root, provider);
  const environment = { ...ALWAYS, TF_CLI_CONFIG_FILE: config };
  const workshopIn = (folder: string): Workshop => ({
    ...{ folder, tofu, environment, run: runningIn(folder, tofu, environment) },
    at: (other) => {
      initialisedAs(folder, other);
      return workshopIn(other);
    },
    close: () => rmSync(root, { recursive: true, force: true }),
  });
  const folder = path.join(root, 'infra');
  cpSync(infra, folder, { recursive: true });
  return workshopIn(folder);
};
