import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';

/** OpenTofu and the provider AzAPI, as files of this machine. */
export type Tools = { readonly tofu: string; readonly provider: string };

/** A tool as a Go module: its folder here, whose go.sum pins all dependencies, the package, and its file. */
type Built = { readonly folder: string; readonly from: string; readonly file: string };

const TOFU: Built = { folder: 'tofu', from: 'github.com/opentofu/opentofu/cmd/tofu', file: 'tofu' };
/** The newest version that exists as a Go module. It has Azure's types until August 2024. */
const PROVIDER: Built = {
  folder: 'azapi',
  from: 'github.com/Azure/terraform-provider-azapi',
  file: 'terraform-provider-azapi',
};

export const PROVIDER_VERSION = '1.15.0';

/** The folder for everything that is made once on a machine. */
export const cacheFolder = (): string =>
  path.join(process.env['XDG_CACHE_HOME'] || path.join(os.homedir(), '.cache'), 'cmk-guardian', 'infra');

/** The place depends on the sources of the tool: another go.sum gives another file. */
const placeOf = ({ folder, file }: Built): string => {
  const sum = readFileSync(path.join(import.meta.dirname, folder, 'go.sum'));
  return path.join(cacheFolder(), createHash('sha256').update(sum).digest('hex').slice(0, 16), file);
};

const hasGo = (): boolean => spawnSync('go', ['version']).status === 0;

/**
 * Builds the tool where it is not built yet; throws where Go fails. The file appears whole, so that no other run sees half of it.
 */
const build = (tool: Built): string => {
  const place = placeOf(tool);
  if (existsSync(place)) return place;
  mkdirSync(path.dirname(place), { recursive: true });
  console.log(`building ${tool.file}: minutes, once on a machine`);
  const unfinished = `${place}.${process.pid}`;
  const { status } = spawnSync('go', ['build', '-p', '2', '-trimpath', '-ldflags=-s -w', '-o', unfinished, tool.from], {
    cwd: path.join(import.meta.dirname, tool.folder),
    env: { ...process.env, CGO_ENABLED: '0', GOTOOLCHAIN: 'local' },
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error(`go build ${tool.from} ended with ${status}`);
  renameSync(unfinished, place);
  return place;
};

/** `undefined` where the tools are missing and cannot be built. */
export const findTools = (): Tools | undefined => {
  const isBuilt = [TOFU, PROVIDER].every((tool) => existsSync(placeOf(tool)));
  return isBuilt || hasGo() ? { tofu: build(TOFU), provider: build(PROVIDER) } : undefined;
};
