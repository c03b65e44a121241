/** Where the wide characters begin: Hangul, then those of China and Japan. A terminal gives each two places. */
const WIDE = 0x1100;

/** How many places a text takes in a terminal. */
export const widthOf = (text: string): number =>
  [...text].reduce((sum, one) => sum + ((one.codePointAt(0) ?? 0) >= WIDE && !isNarrow(one) ? 2 : 1), 0);

/** Dashes, quotation marks, arrows and the marks of a state, which are one place wide. */
const isNarrow = (one: string): boolean => one >= '\u2000' && one <= '\u2BFF';
