/**
 * Whether a text is this pattern, in which `*` stands for any text. Each part is looked for once, from where the one before it
 * ended: the first place that fits leaves most for the rest. Who may define roles writes such patterns, with as many stars as they
 * like, and a regular expression made of them may take longer than a day.
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

/** Whether one of these patterns covers an operation of Azure: `*` stands for any text, slashes too; case carries no meaning (Learn: "Understand Azure role definitions"). */
export const covers = (patterns: readonly string[], operation: string): boolean =>
  patterns.some((pattern) => fits(pattern.toLowerCase(), operation.toLowerCase()));
