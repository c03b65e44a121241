import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandsIn, isRun, untriedIn, whyDiffers } from '../../infra/check/page.ts';

const page = readFileSync(path.join(import.meta.dirname, '..', '..', 'docs', 'deploy.md'), 'utf8');

describe('docs/deploy.md', () => {
  it('names the programs whose commands `npm run check:infra` does not run', () => {
    expect(whyDiffers(page)).toBeUndefined();
    expect(untriedIn(page)).toContain('az');
  });

  it('is held to that list: a command of another program is noticed', () => {
    const more = page.replace('```sh\n', '```sh\nhelm install guardian\n');
    expect(whyDiffers(more)).toMatch('helm');
  });

  it('has commands that run in the folder of the unpacked release, wherever the one before has ended', () => {
    const run = commandsIn(page).filter(isRun);
    expect(run.map(({ text }) => text.split(' ').slice(0, 2).join(' '))).toEqual([
      'node infra/entra.js',
      'node infra/entra.js',
      'tofu -chdir=infra/product',
      'tofu -chdir=infra/product',
      'tofu -chdir=infra/product',
      'node infra/doctor.js',
      'tofu -chdir=infra/product',
      'tofu -chdir=infra/product',
      'tofu -chdir=infra/product',
    ]);
  });
});
