import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

const root = path.join(import.meta.dirname, '..', '..');
const written = (file: string): string => readFileSync(path.join(root, 'client', file), 'utf8');

const PRINT = `const { clientFiles } = await import('./client/generate.ts');
const files = await clientFiles();
console.log('FILES' + JSON.stringify(files));`;

/** In a process of its own: the generator is no module for the sandbox of tests. */
const generated = (): Readonly<Record<string, string>> => {
  const { stdout, stderr } = spawnSync('node', ['--input-type=module', '-e', PRINT], { cwd: root, encoding: 'utf8' });
  const line = stdout.split('\n').find((one) => one.startsWith('FILES'));
  if (line === undefined) throw new Error(stderr);
  return JSON.parse(line.slice('FILES'.length)) as Record<string, string>;
};

describe('the client of the HTTP API', () => {
  it('is as `npm run client` writes it from the document of OpenAPI', () => {
    const files = generated();
    expect(Object.keys(files)).toEqual(['api.ts', 'twins.ts']);
    for (const [file, text] of Object.entries(files)) expect([file, written(file)]).toEqual([file, text]);
    expect(readdirSync(path.join(root, 'client')).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('runs in a browser: nothing of Node and no package is in it', async () => {
    const { outputFiles, metafile } = await build({
      absWorkingDir: root,
      entryPoints: ['client/api.ts'],
      bundle: true,
      write: false,
      minify: true,
      metafile: true,
      format: 'esm',
      platform: 'browser',
    });
    expect(Object.keys(metafile.inputs).filter((file) => !file.startsWith('client/'))).toEqual([]);
    expect(outputFiles[0]?.contents.length).toBeLessThan(16_000);
  });
});
