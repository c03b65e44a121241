import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** The deployed files, by their paths in the package; `/` separates folders on every machine. */
export type PackageFiles = ReadonlyMap<string, Uint8Array>;

export type Manifest = {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly type: string;
  readonly main: string;
  readonly engines: Readonly<Record<string, string>>;
};

/** The package.json of the package: no script that a remote build would run, and no dependency that it would install. */
export const manifestOf = ({ name, version, description, license, type, main, engines }: Manifest): string =>
  `${JSON.stringify({ name, version, private: true, description, license, type, main, engines }, null, 2)}\n`;

/**
 * All deployed files: the bundle in `<built>/dist` with the page in it, host.json, a package.json of its own, and the licences of
 * bundled packages. Sorted by path, so that the same sources give the same package.
 */
export const packageFiles = async (root: string, built: string, notices: string): Promise<PackageFiles> => {
  const manifest = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as Manifest;
  const bundle = globSync('dist/{*.js,chunks/**/*.js,page/*}', { cwd: built }).map((file) =>
    file.split(path.sep).join('/'),
  );
  const files = new Map<string, Uint8Array>([
    ['host.json', await readFile(path.join(root, 'host.json'))],
    ['package.json', Buffer.from(manifestOf(manifest))],
    ['dist/THIRD-PARTY-NOTICES.txt', Buffer.from(notices)],
  ]);
  for (const file of bundle) files.set(file, await readFile(path.join(built, file)));
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
};
