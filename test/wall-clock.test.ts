import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const root = path.join(import.meta.dirname, '..');

/**
 * Reads real time, which also passes while other processes work. `process.cpuUsage` and a count of calls measure only this
 * process.
 */
const READS_THE_WALL = /\bperformance\s*\.\s*(?:now|mark|measure)\b|\bhrtime\b/;

it('no test is judged by the clock on the wall: a machine that is busy with something else turns none red', () => {
  const files = globSync('test/**/*.ts', { cwd: root }).filter(
    (file) => file !== 'test/wall-clock.test.ts' && !file.endsWith('.exhaustive.test.ts'),
  );
  const readers = files.filter((file) => READS_THE_WALL.test(readFileSync(path.join(root, file), 'utf8')));
  expect(files.length).toBeGreaterThan(500);
  expect(readers).toEqual([]);
});
