import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build, type Metafile } from 'esbuild';
import { compressed } from './compressed.ts';
import { indexHtml } from './index-html.ts';
import { manifestOf } from './manifest-of.ts';
import { runbookPages } from './runbook-pages.ts';

/** The folder of the page beside the bundle, in which the bundle looks for it. */
export const PAGE_FOLDER = 'dist/page';

const ENTRY = 'page/main.tsx';

/** Code that only some views need (the plots and the sign-in) is imported by `import()` and so is a file of its own. */
const bundle = (root: string, outdir: string) =>
  build({
    absWorkingDir: root,
    entryPoints: [ENTRY],
    outdir,
    tsconfig: 'page/tsconfig.json',
    bundle: true,
    splitting: true,
    minify: true,
    metafile: true,
    write: false,
    platform: 'browser',
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    legalComments: 'none',
    logLevel: 'warning',
  });

/** Builds the page into a folder: files named by their content, each also compressed, and a list of them. */
export const buildPage = async (root: string, outdir: string): Promise<Metafile> => {
  const { outputFiles, metafile } = await bundle(root, outdir);
  const built = outputFiles.map(({ path: file, contents }) => [path.basename(file), contents] as const);
  const template = await readFile(path.join(root, 'page/index.html'), 'utf8');
  const icon = await readFile(path.join(root, 'page/icon.svg'));
  const files = new Map<string, Uint8Array>([
    ...built,
    ['icon.svg', icon],
    ['runbook.css', await readFile(path.join(root, 'page/runbook.css'))],
    ...(await runbookPages(root)),
    ['index.html', Buffer.from(indexHtml(template, metafile, ENTRY))],
  ]);
  const all = await compressed(files);
  await mkdir(outdir, { recursive: true });
  for (const [name, bytes] of all) await writeFile(path.join(outdir, name), bytes);
  await writeFile(path.join(outdir, 'manifest.json'), JSON.stringify(manifestOf(files, new Set(all.keys()))));
  return metafile;
};
