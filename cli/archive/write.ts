import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Usage } from '../failure.ts';
import { type ExportedFile, SUMS, sumsOf } from './manifest.ts';

/** An archive shows where an attack could succeed, and the words of people: only the person who asked for it may read it. */
const OWN_FOLDER = 0o700;
const OWN_FILE = { mode: 0o600 };

/** A folder that is not empty is refused: two exports in one folder prove nothing. */
export const emptyFolder = async (folder: string): Promise<void> => {
  const there = await readdir(folder).catch(() => []);
  if (there.length > 0) throw new Usage(`${folder} is not empty. Name a folder that is, or that there is not yet.`);
  await mkdir(folder, { recursive: true, mode: OWN_FOLDER });
};

/** Writes the files, and beside them the file with the hashes of all. */
export const writeExport = async (folder: string, files: readonly ExportedFile[]): Promise<void> => {
  for (const parent of new Set(files.map((file) => path.dirname(file.path))))
    await mkdir(path.join(folder, parent), { recursive: true, mode: OWN_FOLDER });
  for (const file of files) await writeFile(path.join(folder, file.path), file.text, OWN_FILE);
  await writeFile(path.join(folder, SUMS), sumsOf(files), OWN_FILE);
};
