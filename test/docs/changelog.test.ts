import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { readDocument } from '../builders/citations.ts';
import { root } from './written.ts';

const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };

it('The changelog tells of the version that the package has, or of what comes after it', () => {
  const [newest = '', next] = [...readDocument('CHANGELOG.md').matchAll(/^## (.+)$/gm)].map(([, head = '']) => head);
  expect(newest === 'Unreleased' ? next : newest).toBe(version);
});
