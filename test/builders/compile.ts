import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from './temporary-folder.ts';

const root = path.join(import.meta.dirname, '..', '..');

const write = (folder: string, file: string, text: string): void => {
  mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
  writeFileSync(path.join(folder, file), text);
};

/**
 * The compiler's errors for the product with these files (path from the root → text) added or replaced: one line for each error,
 * none where there is no error. It checks `roots`, files or folders, and their imports.
 */
export const compile = (
  files: Readonly<Record<string, string>>,
  roots: readonly string[] = Object.keys(files),
): readonly string[] => {
  const folder = temporaryFolder('compile-');
  for (const part of ['src', 'functions']) cpSync(path.join(root, part), path.join(folder, part), { recursive: true });
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
  write(folder, 'package.json', '{"type":"module"}');
  write(folder, 'tsconfig.json', JSON.stringify({ extends: path.join(root, 'tsconfig.json'), include: roots }));
  for (const [file, text] of Object.entries(files)) write(folder, file, text);
  const tsc = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const { status, stdout, stderr } = spawnSync(process.execPath, [tsc, '--project', folder, '--pretty', 'false'], {
    cwd: folder,
    encoding: 'utf8',
  });
  const errors = stdout.split('\n').filter((line) => line.includes('error TS'));
  if (status !== 0 && errors.length === 0) throw new Error(`The compiler failed: ${stdout}${stderr}`);
  return errors;
};
