import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';

const folder = path.join(import.meta.dirname, 'golden');

/**
 * Compares a sent value with the file. `GOLDEN=write` writes the files anew, which are then formatted and reviewed like any other
 * change.
 */
export const expectGolden = (name: string, value: unknown): void => {
  const file = path.join(folder, `${name}.json`);
  const sent: unknown = JSON.parse(JSON.stringify(value));
  if (process.env['GOLDEN'] === 'write') {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, JSON.stringify(sent, null, 2));
  }
  expect(sent).toEqual(JSON.parse(readFileSync(file, 'utf8')));
};
