/** The first wide character: Hangul, then those of China and Japan. A terminal gives each of them two places. */
const WIDE = 0x1100;

/** The number of places of a text in a terminal. */
export const widthOf = (text: string): number =>
  [...text].reduce((sum, one) => sum + ((one.codePointAt(0) ?? 0) >= WIDE && !isNarrow(one) ? 2 : 1), 0);

/** Dashes, quotation marks, arrows and the marks of a state, which are a single place wide. */
const isNarrow = (one: string): boolean => one >= '\u2000' && one <= '\u2BFF';
