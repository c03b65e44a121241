/** `npm run check:page`: plays the stories of the page in Chromium. `-- --write` also takes the pictures in docs/page.md anew. */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '../..');
const PICTURES = path.join(root, 'docs/images');

const words = process.argv.slice(2);
const writes = words.includes('--write');
if (writes) mkdirSync(PICTURES, { recursive: true });

const { status } = spawnSync(
  process.execPath,
  [
    ...[path.join(root, 'node_modules/vitest/vitest.mjs'), 'run'],
    ...['--config', path.join(root, 'vitest.browser.config.ts')],
    ...words.filter((word) => word !== '--write'),
  ],
  { cwd: root, stdio: 'inherit', env: { ...process.env, ...(writes && { PAGE_PICTURES: PICTURES }) } },
);
process.exitCode = status ?? 1;
