/** Text of any characters. Knows nothing of Vitest. */
import fc from 'fast-check';

const LAST_BEFORE_SURROGATES = 0xd7ff;
const SURROGATES = 0x800;

const characterAt = (place: number): string =>
  String.fromCodePoint(place > LAST_BEFORE_SURROGATES ? place + SURROGATES : place);

const placeOf = (character: unknown): number => {
  const point = typeof character === 'string' && character.isWellFormed() ? character.codePointAt(0) : undefined;
  if (point === undefined || String.fromCodePoint(point) !== character) throw new Error('It is not one character');
  return point > LAST_BEFORE_SURROGATES ? point - SURROGATES : point;
};

/**
 * The unit of a string: any character of Unicode. The same unit of fast-check, `binary`, costs a second in every suite, for a
 * table of all 1.1 million characters.
 */
export const anyCharacter: fc.Arbitrary<string> = fc
  .integer({ min: 0, max: 0x10_ffff - SURROGATES })
  .map(characterAt, placeOf);
