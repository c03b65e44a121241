import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { productOptions } from '../bundle-options.ts';
import { buildPage, PAGE_FOLDER } from '../page/build/build-page.ts';
import { zip } from './archive.ts';
import { billOfMaterials } from './bill-of-materials.ts';
import { type BundledPackage, bundledPackages } from './bundled-packages.ts';
import { noticesFor } from './notices.ts';
import { type PackageFiles, packageFiles } from './package-files.ts';

export type Package = {
  readonly version: string;
  readonly files: PackageFiles;
  readonly archive: Uint8Array;
  /** The SHA-256 of the archive, in hex. */
  readonly sha256: string;
  /** The bill of materials (CycloneDX), as JSON. */
  readonly bom: string;
};

export type Built = { readonly files: PackageFiles; readonly packages: readonly BundledPackage[] };

/**
 * Builds the deployed files from the sources in `root`, in a folder of its own: a build in `dist/` at the same time does not
 * interfere.
 */
export const buildFiles = async (root: string): Promise<Built> => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'cmk-guardian-package-'));
  try {
    const outdir = path.join(folder, 'dist');
    const built = await build({ ...productOptions, absWorkingDir: root, outdir, metafile: true });
    const page = await buildPage(root, path.join(folder, PAGE_FOLDER));
    const packages = await bundledPackages([built.metafile, page], root);
    return { packages, files: await packageFiles(root, folder, await noticesFor(packages)) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

export const makePackage = async (root: string): Promise<Package> => {
  const { files, packages } = await buildFiles(root);
  const archive = zip(files);
  const sha256 = createHash('sha256').update(archive).digest('hex');
  const { version } = JSON.parse(Buffer.from(files.get('package.json') ?? '').toString());
  return { version, files, archive, sha256, bom: await billOfMaterials(root, packages, sha256) };
};

/** Writes the files below `folder`, which is emptied first. */
export const unpack = async (files: PackageFiles, folder: string): Promise<void> => {
  await rm(folder, { recursive: true, force: true });
  for (const [name, bytes] of files) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, bytes);
  }
};
