/** What moves the cursor, changes colours, or turns the direction of writing: a name that a stranger chose may hold it. */
const CONTROL = /[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/** A text as a terminal may get it: of control characters only the end of a line is left. */
export const printable = (text: string): string => text.replaceAll(CONTROL, (one) => (one === '\n' ? one : ' '));
