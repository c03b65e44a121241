import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { commandLinePage } from '../../cli/docs/write.ts';

it('docs/command-line.md is as `npm run command-line` writes it from the commands', () => {
  const file = path.join(import.meta.dirname, '..', '..', 'docs', 'command-line.md');
  expect(readFileSync(file, 'utf8')).toBe(commandLinePage());
});
