/**
 * Characters that move the cursor, change colours, or turn the direction of writing: a name in Azure may contain them, since
 * anybody may choose one.
 */
const CONTROL = /[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

const escapedSign = (sign: string): string => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** JSON that is safe to print on a terminal, with the same meaning. */
export const printableJson = (json: string): string =>
  json.replaceAll(CONTROL, (one) => (one === '\n' ? one : escapedSign(one)));

/** A text that is safe to print on a terminal: its only control characters are line ends. */
export const printable = (text: string): string => text.replaceAll(CONTROL, (one) => (one === '\n' ? one : ' '));
