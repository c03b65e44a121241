/** `npm run package`: the deployed package as one file, with its hash and its bill of materials. */

import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { zip } from './archive.ts';
import { deployFiles } from './deploy-files.ts';
import { makePackage, unpack } from './make-package.ts';

const HELP = `npm run package [-- --out <folder>]

Makes what is deployed, from the sources as they are here. The same sources and the same node_modules (npm ci) give the same bytes.

  <folder>/cmk-guardian-<version>.zip         the bundle, host.json, and a package.json without scripts and dependencies
  <folder>/cmk-guardian-<version>.zip.sha256  its SHA-256, as sha256sum -c reads it
  <folder>/cmk-guardian-<version>.cdx.json    what of npm is bundled: CycloneDX
  <folder>/app/                               the same files unpacked, for tools that deploy a folder
  <folder>/cmk-guardian-<version>-deploy.zip  infra/ with the commands entra and doctor, which need no install; and its .sha256

Nothing is to be built or installed where it is deployed: have no remote build (remoteBuild: false, --no-build).

  --out <folder>  where to write; .package here when left out
  --help          this`;

const OPTIONS = { out: { type: 'string', default: '.package' }, help: { type: 'boolean', default: false } } as const;

const writeDeployment = async (folder: string, name: string): Promise<void> => {
  const archive = zip(await deployFiles(path.join(import.meta.dirname, '..')));
  await writeFile(path.join(folder, name), archive);
  await writeFile(
    path.join(folder, `${name}.sha256`),
    `${createHash('sha256').update(archive).digest('hex')}  ${name}\n`,
  );
};

const run = async (): Promise<void> => {
  const { values } = parseArgs({ options: OPTIONS });
  if (values.help) return console.log(HELP);
  const folder = path.resolve(values.out);
  const { version, files, archive, sha256, bom } = await makePackage(path.join(import.meta.dirname, '..'));
  const name = `cmk-guardian-${version}`;
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, `${name}.zip`), archive);
  await writeFile(path.join(folder, `${name}.zip.sha256`), `${sha256}  ${name}.zip\n`);
  await writeFile(path.join(folder, `${name}.cdx.json`), bom);
  await unpack(files, path.join(folder, 'app'));
  await writeDeployment(folder, `${name}-deploy.zip`);
  const size = (archive.byteLength / 1024 / 1024).toFixed(1);
  console.log(`${path.join(values.out, `${name}.zip`)}  ${files.size} files, ${size} MiB, sha256 ${sha256}`);
};

try {
  await run();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
