import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Metafile } from 'esbuild';

/** A package of npm of which the bundle holds at least one file. */
export type BundledPackage = {
  readonly name: string;
  readonly version: string;
  /** The folder in which it is installed, absolute. */
  readonly folder: string;
};

const NODE_MODULES = 'node_modules/';

/** The folder of the package that a file belongs to; a package may be inside another, and may have a scope. */
const packageFolder = (file: string): string | undefined => {
  const at = file.lastIndexOf(NODE_MODULES);
  if (at < 0) return undefined;
  const inside = file.slice(at + NODE_MODULES.length).split('/');
  const name = inside[0]?.startsWith('@') ? inside.slice(0, 2) : inside.slice(0, 1);
  return file.slice(0, at) + NODE_MODULES + name.join('/');
};

/** Files with code in the bundle: a file whose code the bundler removed is not shipped. */
const shippedFiles = ({ outputs }: Metafile): readonly string[] =>
  Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
  );

/** The packages of npm in the bundles, by name and version. `root`: the folder that the paths of the metafiles start from. */
export const bundledPackages = async (
  metafiles: readonly Metafile[],
  root: string,
): Promise<readonly BundledPackage[]> => {
  const folders = new Set(metafiles.flatMap(shippedFiles).flatMap((file) => packageFolder(file) ?? []));
  const packages = [...folders].map(async (relative): Promise<BundledPackage> => {
    const folder = path.join(root, relative);
    const { name, version } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
    return { name, version, folder };
  });
  const found = await Promise.all(packages);
  return found.sort((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1));
};
