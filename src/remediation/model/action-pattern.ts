/**
 * Whether a text fits this pattern, in which `*` stands for any text. Each part is looked for once, after the end of the part
 * before it: the first place that fits leaves most text for the rest. Somebody who may define roles can write patterns with any
 * number of stars, and a regular expression made of them may run longer than a day.
 */
const fits = (pattern: string, text: string): boolean => {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return text === pattern;
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  const end = text.length - last.length;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
};

/**
 * Whether one of these patterns covers an operation of Azure. `*` stands for any text, slashes too, and case carries no meaning
 * (Learn: "Understand Azure role definitions").
 */
export const covers = (patterns: readonly string[], operation: string): boolean =>
  patterns.some((pattern) => fits(pattern.toLowerCase(), operation.toLowerCase()));
