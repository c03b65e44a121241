import { mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { swapIn } from '../swap-in.ts';
import { temporaryFolder } from './builders/temporary-folder.ts';

const LONG_AGO = new Date('2020-01-01T00:00:00Z');

const folderOf = (files: Readonly<Record<string, string>>): string => {
  const folder = temporaryFolder('swap-in-');
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
    utimesSync(path.join(folder, name), LONG_AGO, LONG_AGO);
  }
  return folder;
};

const textOf = (folder: string, name: string): string => readFileSync(path.join(folder, name), 'utf8');

describe('A build that comes while another app runs from its folder', () => {
  const used = { 'index.js': 'before', 'chunks/same.js': 'same', 'chunks/old.js': 'old' };
  const made = { 'index.js': 'after', 'chunks/same.js': 'same', 'page/new.js': 'new' };

  it('leaves what was built now, and nothing of before', () => {
    const folder = folderOf(used);
    swapIn(folderOf(made), folder);
    for (const [name, text] of Object.entries(made)) expect(textOf(folder, name)).toBe(text);
    expect(readdirSync(path.join(folder, 'chunks'))).toEqual(['same.js']);
  });

  it('does not touch a file that is the same', () => {
    const folder = folderOf(used);
    const before = statSync(path.join(folder, 'chunks/same.js'));
    swapIn(folderOf(made), folder);
    expect(statSync(path.join(folder, 'chunks/same.js'))).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs });
  });

  it('makes the folder where there is none yet', () => {
    const folder = path.join(temporaryFolder('swap-in-'), 'dist');
    swapIn(folderOf(made), folder);
    expect(textOf(folder, 'page/new.js')).toBe('new');
  });
});
