import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { BundledPackage } from './bundled-packages.ts';

type Component = { readonly 'bom-ref': string; readonly name: string; readonly version: string };

type Dependency = { readonly ref: string; readonly dependsOn: readonly string[] };

/** The fields of `npm sbom` that this file reads; the other fields are passed on. */
type Bom = {
  readonly serialNumber?: string;
  readonly metadata: Readonly<Record<string, unknown>> & { readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly Dependency[];
};

const LIMIT = 64 * 1024 * 1024;

/** The npm that runs this script: beside the Node that the project brings there is no other. */
const npmCommand = (): readonly [string, readonly string[]] => {
  const script = process.env['npm_execpath'];
  return script === undefined ? ['npm', []] : [process.execPath, [script]];
};

/** The list includes development packages: without them npm (11.19) also leaves out packages that both need. */
const installed = async (root: string): Promise<Bom> => {
  const [command, first] = npmCommand();
  const asked = [...first, 'sbom', '--sbom-format=cyclonedx', '--loglevel=error'];
  const { stdout } = await promisify(execFile)(command, asked, { cwd: root, maxBuffer: LIMIT });
  return JSON.parse(stdout) as Bom;
};

/** A UUID of the content's hash, version 8 (RFC 9562), so that the same package has the same document. */
const serialNumber = (sha256: string): string =>
  `urn:uuid:${sha256.slice(0, 8)}-${sha256.slice(8, 12)}-8${sha256.slice(13, 16)}-a${sha256.slice(17, 20)}-${sha256.slice(20, 32)}`;

/**
 * The CycloneDX document of a package: npm's own list of installed packages, reduced to the packages in the bundle, without the
 * time at which it was made. `sha256`: of the zip, in hex. @throws Error where npm does not list a bundled package: an incomplete
 * document would be worse than none
 */
export const billOfMaterials = async (
  root: string,
  packages: readonly BundledPackage[],
  sha256: string,
): Promise<string> => {
  const all = await installed(root);
  const bundled = new Set(packages.map(({ name, version }) => `${name}@${version}`));
  const components = all.components.filter(({ name, version }) => bundled.has(`${name}@${version}`));
  const listed = new Set(components.map(({ name, version }) => `${name}@${version}`));
  const hidden = [...bundled].filter((one) => !listed.has(one));
  if (hidden.length > 0)
    throw new Error(`npm sbom does not list ${hidden.join(', ')}, which the bundle holds. Run npm ci.`);
  const refs = new Set([all.metadata.component['bom-ref'], ...components.map((one) => one['bom-ref'])]);
  const dependencies = all.dependencies
    .filter(({ ref }) => refs.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((one) => refs.has(one)) }));
  const { timestamp: _, ...metadata } = all.metadata;
  const hashes = [{ alg: 'SHA-256', content: sha256 }];
  const name = all.metadata.component['bom-ref'].replace(/@[^@]*$/, '');
  const component = { ...metadata.component, name, type: 'application', hashes };
  const document = { ...all, serialNumber: serialNumber(sha256), metadata: { ...metadata, component } };
  return `${JSON.stringify({ ...document, components, dependencies }, null, 2)}\n`;
};
