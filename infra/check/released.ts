import { copyFileSync, globSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import type { PackageFiles } from '../../release/package-files.ts';
import { said } from './said.ts';

/** A downloaded release, in a folder of its own. */
export type Released = {
  readonly folder: string;
  /** The package under the name that OneDeploy demands. */
  readonly file: string;
  /** The folder in which docs/deploy.md unpacks the deployment zip. */
  readonly unpacked: string;
  /** The files of the package. */
  readonly files: PackageFiles;
  readonly version: string;
};

const filesBelow = (folder: string): PackageFiles =>
  new Map(
    globSync('**/*', { cwd: folder })
      .filter((file) => statSync(path.join(folder, file)).isFile())
      .toSorted()
      .map((file) => [file.split(path.sep).join('/'), readFileSync(path.join(folder, file))]),
  );

/** Runs `npm run package` for a release of the present sources. */
export const makeRelease = async (folder: string): Promise<Released> => {
  const root = path.join(import.meta.dirname, '..', '..');
  await said(process.execPath, [path.join(root, 'release', 'index.ts'), '--out', folder], { cwd: root, env: {} });
  const files = filesBelow(path.join(folder, 'app'));
  const { version } = JSON.parse(Buffer.from(files.get('package.json') ?? '').toString());
  const file = path.join(folder, 'released-package.zip');
  copyFileSync(path.join(folder, `cmk-guardian-${version}.zip`), file);
  return { folder, file, unpacked: path.join(folder, 'cmk-guardian'), files, version };
};
