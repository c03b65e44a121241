/**
 * Control characters, and characters that are invisible or turn the direction of text: with these a name could make a
 * message show something else than it says (Unicode TR 36).
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/** Untrusted text on one line, without invisible characters: a name cannot begin a new line. */
export const plain = (text: string): string => text.replace(/[\t\n]+/g, ' ').replace(UNSEEN, '');

/** Cuts a text to this many UTF-16 units, without half a character at the end. */
export const cut = (text: string, most: number): string => {
  if (text.length <= most) return text;
  const whole = text.slice(0, Math.max(0, most - 1));
  return `${/[\ud800-\udbff]$/.test(whole) ? whole.slice(0, -1) : whole}…`;
};

/** The number of bytes of the value as JSON. */
export const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));
