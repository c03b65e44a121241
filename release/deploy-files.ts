import { globSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { bundleOptions } from '../bundle-options.ts';
import { bundledPackages } from './bundled-packages.ts';
import { noticesFor } from './notices.ts';
import type { PackageFiles } from './package-files.ts';

/** The deployed files of infra/, without the sources of its commands and without its checks. */
const KEPT = [
  'azure.yaml',
  'infra/**/*.tf',
  'infra/**/*.tftpl',
  'infra/**/*.json',
  'infra/**/*.txt',
  'infra/**/*.kql',
  'infra/**/*.md',
];
const LEFT_OUT = /^infra\/(check|.*\.terraform)\//;

/** Each command becomes one file beside the definitions that it reads, so that any Node from 20 on runs it without an install. */
const COMMANDS = ['infra/entra.ts', 'infra/doctor.ts'];

/**
 * The files for a deployment, by their paths: modules of OpenTofu, definitions, and the commands in bundled form, with the
 * licences of bundled packages. Sorted by path, so that the same sources give the same bytes.
 */
export const deployFiles = async (root: string): Promise<PackageFiles> => {
  const outdir = await mkdtemp(path.join(os.tmpdir(), 'cmk-guardian-deploy-'));
  try {
    const options = { ...bundleOptions, splitting: false, absWorkingDir: root, metafile: true } as const;
    const built = await build({ ...options, entryPoints: COMMANDS, outdir });
    const notices = await noticesFor(await bundledPackages([built.metafile], root));
    const kept = KEPT.flatMap((pattern) => globSync(pattern, { cwd: root }))
      .map((file) => file.split(path.sep).join('/'))
      .filter((file) => !LEFT_OUT.test(file));
    const files = new Map<string, Uint8Array>([
      // The nearest package.json tells Node that the files are modules.
      ['package.json', Buffer.from('{ "private": true, "type": "module" }\n')],
      ['THIRD-PARTY-NOTICES.txt', Buffer.from(notices)],
    ]);
    for (const file of kept) files.set(file, await readFile(path.join(root, file)));
    for (const file of COMMANDS.map((one) => one.replace(/\.ts$/, '.js')))
      files.set(file, await readFile(path.join(outdir, path.basename(file))));
    return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
  } finally {
    await rm(outdir, { recursive: true, force: true });
  }
};
