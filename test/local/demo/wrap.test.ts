import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wrap } from '../../../local/demo/wrap.ts';

const words = fc.array(fc.stringMatching(/^[a-z.]{1,20}$/), { maxLength: 30 });
const width = fc.integer({ min: 5, max: 60 });

describe('wrapping', () => {
  it('loses no word and keeps their order', () => {
    fc.assert(
      fc.property(words, width, (given, most) => {
        expect(wrap(given.join(' '), most).join(' ')).toBe(given.join(' '));
      }),
    );
  });

  it('keeps every line within the width, but for a word that is longer', () => {
    fc.assert(
      fc.property(words, width, (given, most) => {
        const tooLong = wrap(given.join(' '), most).filter((line) => line.length > most);
        expect(tooLong.filter((line) => line.includes(' '))).toEqual([]);
      }),
    );
  });

  it('begins a line only when the next word did not fit', () => {
    fc.assert(
      fc.property(words, width, (given, most) => {
        const lines = wrap(given.join(' '), most);
        const early = lines.filter((line, n) => {
          const next = lines[n + 1]?.split(' ')[0];
          return next !== undefined && line.length + 1 + next.length <= most;
        });
        expect(early).toEqual([]);
      }),
    );
  });

  it('keeps a command whole', () => {
    expect(wrap('Lift it with `cmk-guardian resume --why x`. Then look.', 20)).toEqual([
      'Lift it with',
      '`cmk-guardian resume --why x`.',
      'Then look.',
    ]);
  });
});
