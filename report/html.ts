/** No JSON can have this: an answer with an object where a text should be is no HTML, whatever its members are called. */
const MADE_HERE: unique symbol = Symbol('HTML');

/** Text that is HTML already. Only `html` and `own` make it. */
export type Html = { readonly [MADE_HERE]: true; readonly html: string };

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Controls, and what turns the direction of text or is not seen (Unicode TR 36). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

export const escaped = (text: string): string =>
  text.replace(UNSEEN, '').replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);

type Part = Html | readonly Html[] | string | number | undefined;

const isHtml = (part: Part): part is Html => typeof part === 'object' && MADE_HERE in part;

const written = (part: Part): string => {
  if (part === undefined) return '';
  if (isHtml(part)) return part.html;
  return Array.isArray(part) ? part.map(written).join('') : escaped(String(part));
};

/** HTML with everything escaped that is put into it, but for what is HTML. */
export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Html => ({
  [MADE_HERE]: true,
  html: strings.map((text, n) => `${text}${written(parts[n])}`).join(''),
});

/** HTML as it is written here: nothing of a stranger. */
export const own = (text: string): Html => ({ [MADE_HERE]: true, html: text });
