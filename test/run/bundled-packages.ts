/**
 * Packages of which Jest would load hundreds of files for every suite that imports them, each bundled into one, as they are
 * in what is deployed. Two thirds of what a suite of the local cloud cost before its first test was their files.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { bundleOptions } from '../../bundle-options.ts';

const root = path.join(import.meta.dirname, '../..');

/** As they are imported. They are bundled together, so that what they share is there once. */
const PACKAGES = [
  '@azure/arm-compute',
  '@azure/arm-keyvault',
  '@azure/arm-mysql',
  '@azure/arm-resources',
  '@azure/core-auth',
  '@azure/core-rest-pipeline',
  '@azure/data-tables',
  '@azure/eventgrid',
  '@azure/identity',
  '@azure/keyvault-keys',
  '@azure/storage-blob',
  'jose',
  'zod',
  'zod/mini',
  'zod/v4/locales/en.js',
];

/** What the bundles depend on: other packages, or another way to bundle them, are in another folder. */
const digest = (): string => {
  const hash = createHash('sha256');
  for (const file of ['package-lock.json', 'bundle-options.ts', 'test/run/bundled-packages.ts'])
    hash.update(readFileSync(path.join(root, file)));
  return hash.digest('hex').slice(0, 16);
};

const cache = path.join(root, 'node_modules/.cache');
const folder = path.join(cache, `packages-${digest()}`);

/** For Jest's `moduleNameMapper`: whoever imports one of them gets its bundle, another package too. */
export const packageNames = {
  [`^(${PACKAGES.map((name) => name.replaceAll('.', '\\.')).join('|')})$`]: path.join(folder, '$1.mjs'),
};

/** Bundles them where nobody has yet: once after each install. Two runs at once do each other no harm. */
export const bundlePackages = async (): Promise<void> => {
  if (existsSync(folder)) return;
  const { build } = await import('esbuild');
  await mkdir(cache, { recursive: true });
  const made = await mkdtemp(path.join(cache, 'making-'));
  await build({
    ...bundleOptions,
    absWorkingDir: root,
    entryPoints: Object.fromEntries(PACKAGES.map((name) => [name, name])),
    outdir: made,
    outExtension: { '.js': '.mjs' },
    minifyWhitespace: true,
    minifySyntax: true,
  });
  await rename(made, folder).catch(async (error: unknown) => {
    await rm(made, { recursive: true });
    if (!existsSync(folder)) throw error;
  });
};
