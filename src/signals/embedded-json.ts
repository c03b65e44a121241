/**
 * Members of a payload whose types vary from sender to sender: a list may come alone, an object or a list as a text that holds
 * JSON. A text is parsed once and never again, so that the whole stays linear in its length.
 */

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const opens = (text: string, sign: '{' | '['): boolean => text.trimStart().startsWith(sign);

/** The value itself, or the JSON object that a text holds. */
export const objectIn = (value: unknown): unknown =>
  typeof value === 'string' && opens(value, '{') ? parsed(value) : value;

/** The same of what a sender of batches puts into a list of one. */
export const soleIn = (value: unknown): unknown => {
  const one = typeof value === 'string' && opens(value, '[') ? parsed(value) : objectIn(value);
  return Array.isArray(one) && one.length === 1 ? objectIn(one[0]) : one;
};

/** The list, that of a text that holds one as JSON, or the value alone; nothing for what is missing. */
export const listIn = (value: unknown): readonly unknown[] => {
  const list = typeof value === 'string' && opens(value, '[') ? parsed(value) : value;
  if (list === undefined || list === null) return [];
  return Array.isArray(list) ? list : [list];
};
