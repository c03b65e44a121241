import { unzipSync } from 'fflate';
import type { PackageFiles } from './runtime.ts';

/** A deployment that cannot be carried out; its message is the text that Azure would show. */
export class DeploymentFailed extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DeploymentFailed';
  }
}

const invalid = (why: string) =>
  new DeploymentFailed(`InvalidPackageContentException: Package content validation failed: ${why}`);

const unzipped = (bytes: Uint8Array): Record<string, Uint8Array> => {
  try {
    return unzipSync(bytes);
  } catch {
    throw invalid('the package is no zip.');
  }
};

const leavesFolder = (name: string): boolean =>
  name.startsWith('/') || name.includes('\\') || name.split('/').includes('..');

/**
 * The files of a package. host.json must be at its root: a zip of a folder has it one level too deep, and no function is found.
 * @throws DeploymentFailed
 */
export const readPackage = (bytes: Uint8Array): PackageFiles => {
  const files = new Map(Object.entries(unzipped(bytes)).filter(([name]) => !name.endsWith('/')));
  const stray = [...files.keys()].find(leavesFolder);
  if (stray !== undefined) throw invalid(`the entry '${stray}' lies outside the package.`);
  if (files.has('host.json')) return files;
  const elsewhere = [...files.keys()].filter((name) => name.endsWith('/host.json'));
  const found = elsewhere.length > 0 ? ` However, one was located at: ${elsewhere.join(', ')}.` : '';
  throw invalid(`Cannot find required host.json file at root level in the .zip package.${found}`);
};
