/** `npm run package:command-line`: the command line as a package of npm, one file that needs nothing but Node. */
import { execFileSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { build } from 'esbuild';
import { bundleOptions } from '../bundle-options.ts';
import { bundledPackages } from './bundled-packages.ts';
import { unpack } from './make-package.ts';
import { noticesFor } from './notices.ts';
import type { PackageFiles } from './package-files.ts';

const ENTRY = 'cli/main.ts';
const FILE = 'cmk-guardian.js';

/** Files with which the doctor compares an installation. The doctor reads them from its own folder. */
const DEFINITIONS = ['infra/*.json', 'infra/*.txt'];

const manifestOf = (version: string, description: string): string =>
  `${JSON.stringify(
    {
      name: 'cmk-guardian',
      version,
      description,
      license: 'MIT',
      type: 'module',
      bin: { 'cmk-guardian': FILE },
      engines: { node: '>=22' },
    },
    undefined,
    2,
  )}\n`;

/** The files of the package, by their paths. */
export const commandLineFiles = async (root: string): Promise<PackageFiles> => {
  const outdir = await mkdtemp(path.join(os.tmpdir(), 'cmk-guardian-command-line-'));
  try {
    const options = { ...bundleOptions, splitting: false, absWorkingDir: root, metafile: true, minify: true } as const;
    const outfile = path.join(outdir, FILE);
    const { splitting: _splitting, chunkNames: _chunkNames, ...single } = options;
    const built = await build({ ...single, entryPoints: [ENTRY], outfile });
    const notices = await noticesFor(await bundledPackages([built.metafile], root));
    const { version, description } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
    const files = new Map<string, Uint8Array>([
      [FILE, await readFile(outfile)],
      ['package.json', Buffer.from(manifestOf(version, description))],
      ['README.md', await readFile(path.join(root, 'docs', 'command-line.md'))],
      ['LICENSE', await readFile(path.join(root, 'LICENSE'))],
      ['THIRD-PARTY-NOTICES.txt', Buffer.from(notices)],
    ]);
    for (const file of DEFINITIONS.flatMap((pattern) => globSync(pattern, { cwd: root })))
      files.set(path.basename(file), await readFile(path.join(root, file)));
    return files;
  } finally {
    await rm(outdir, { recursive: true, force: true });
  }
};

/** Makes the tarball in this folder, as `npm pack` does; returns its path. */
export const packCommandLine = async (root: string, folder: string): Promise<string> => {
  const unpacked = path.join(folder, 'command-line');
  await unpack(await commandLineFiles(root), unpacked);
  const said = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder, unpacked], {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  const [{ filename = '' } = {}] = JSON.parse(said) as { readonly filename?: string }[];
  return path.join(folder, filename);
};

if (process.argv[1] === import.meta.filename) {
  const root = path.join(import.meta.dirname, '..');
  console.log(path.relative(root, await packCommandLine(root, path.join(root, '.package'))));
}
