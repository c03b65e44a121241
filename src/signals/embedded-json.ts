/**
 * Reads members of a payload whose types vary from sender to sender: a list may come as its only item, and an object or a list as
 * a text that holds JSON. A text is parsed once and not again inside, so that the time stays linear in its length.
 */

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const opens = (text: string, sign: '{' | '['): boolean => text.trimStart().startsWith(sign);

/** The value itself, or the JSON object in a text. */
export const objectIn = (value: unknown): unknown =>
  typeof value === 'string' && opens(value, '{') ? parsed(value) : value;

/** The value itself, or the only item of a list: some senders put each message into a list of one. */
export const soleIn = (value: unknown): unknown => {
  const one = typeof value === 'string' && opens(value, '[') ? parsed(value) : objectIn(value);
  return Array.isArray(one) && one.length === 1 ? objectIn(one[0]) : one;
};

/** The list, or the list in a text that holds JSON, or the value as a list of one; empty for a missing value. */
export const listIn = (value: unknown): readonly unknown[] => {
  const list = typeof value === 'string' && opens(value, '[') ? parsed(value) : value;
  if (list === undefined || list === null) return [];
  return Array.isArray(list) ? list : [list];
};
