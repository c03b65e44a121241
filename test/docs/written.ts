import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const root = path.join(import.meta.dirname, '../..');

/** The present text of the document. Throws where a table of the code needs a page that is not written yet. */
export const written = (file: string): string => {
  const place = path.join(root, file);
  if (existsSync(place)) return readFileSync(place, 'utf8');
  throw new Error(`${file} is not there: write it in the form of the pages beside it, with empty marks <!-- … -->.`);
};
