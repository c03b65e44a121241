import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { ownPrefix } from '../builders/azurite.ts';

const root = path.join(import.meta.dirname, '../..');
const app = process.env['BUILT_APP'] ?? root;

it('stories run a copy of the built app, which a build or a start in this clone does not touch', () => {
  expect(path.relative(root, app)).toMatch(/^\.\./);
  for (const file of ['host.json', 'package.json', 'dist/index.js'])
    expect(existsSync(path.join(app, file))).toBe(true);
});

it('whoever uses the storage of the run takes names that nobody else has, and that the product accepts', () => {
  const prefixes = Array.from({ length: 100 }, ownPrefix);
  expect(new Set(prefixes).size).toBe(100);
  for (const prefix of prefixes) expect(prefix).toMatch(/^[a-z][a-z0-9]{2,50}$/);
});
