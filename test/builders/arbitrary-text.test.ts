import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyCharacter } from './arbitrary-text.ts';

const root = path.join(import.meta.dirname, '../..');

describe('any character', () => {
  it('is one, and half of none', () => {
    fc.assert(
      fc.property(anyCharacter, (one) => {
        expect([[...one].length, one.isWellFormed()]).toEqual([1, true]);
      }),
    );
  });

  it.each(['\0', '\ud7ff', '\ue000', '\u{10ffff}'])('may be %j', (one) => {
    expect(anyCharacter.canShrinkWithoutContext(one)).toBe(true);
  });

  it.each(['', 'ab', '\ud800'])('is never %j', (text) => {
    expect(anyCharacter.canShrinkWithoutContext(text)).toBe(false);
  });

  it('is drawn by no test in the way that costs a second', () => {
    const files = globSync('test/**/*.ts', { cwd: root });
    expect(files.filter((file) => /unit: '[b]inary/.test(readFileSync(path.join(root, file), 'utf8')))).toEqual([]);
  });
});
