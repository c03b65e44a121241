import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));

const holds = (file: string, bytes: Buffer): boolean => {
  try {
    return readFileSync(file).equals(bytes);
  } catch {
    return false;
  }
};

/**
 * Makes a folder hold what another on the same disk holds, and nothing else; the other is used up. A file that is the same is not touched, and no file is ever there in
 * part: whoever has the folder in use, as another `npm start` does, finds in it all that has not changed.
 */
export const swapIn = (made: string, folder: string): void => {
  mkdirSync(folder, { recursive: true });
  const names = filesIn(made);
  for (const name of names) {
    const [from, to] = [path.join(made, name), path.join(folder, name)];
    if (holds(to, readFileSync(from))) continue;
    mkdirSync(path.dirname(to), { recursive: true });
    renameSync(from, to);
  }
  const kept = new Set(names);
  for (const name of filesIn(folder)) if (!kept.has(name)) rmSync(path.join(folder, name), { force: true });
};
