/**
 * Controls, and what turns the direction of text or is not seen: in a name it would have a message say something else than it
 * shows (Unicode TR 36).
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/** Text of a stranger on one line, with nothing in it that is not seen: a name cannot begin a line of its own. */
export const plain = (text: string): string => text.replace(/[\t\n]+/g, ' ').replace(UNSEEN, '');

/** No longer than this many UTF-16 units, and no half of a character at the end. */
export const cut = (text: string, most: number): string => {
  if (text.length <= most) return text;
  const whole = text.slice(0, Math.max(0, most - 1));
  return `${/[\ud800-\udbff]$/.test(whole) ? whole.slice(0, -1) : whole}…`;
};

/** Bytes of it as JSON, as it is sent. */
export const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));
