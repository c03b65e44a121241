/** What moves the cursor, changes colours, or turns the direction of writing: a name that a stranger chose may hold it. */
const CONTROL = /[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

const escapedSign = (sign: string): string => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** JSON as a terminal may get it, with the same meaning. */
export const printableJson = (json: string): string =>
  json.replaceAll(CONTROL, (one) => (one === '\n' ? one : escapedSign(one)));

/** A text as a terminal may get it: of control characters only the end of a line is left. */
export const printable = (text: string): string => text.replaceAll(CONTROL, (one) => (one === '\n' ? one : ' '));
