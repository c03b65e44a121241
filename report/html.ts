/** Text that is HTML already. Only `html` makes it. */
export type Html = { readonly html: string };

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

const written = (part: Part): string => {
  if (part === undefined) return '';
  if (typeof part === 'string' || typeof part === 'number') return escaped(String(part));
  return 'html' in part ? part.html : part.map(({ html }) => html).join('');
};

/** HTML with everything escaped that is put into it, but for what is HTML. */
export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Html => ({
  html: strings.map((text, n) => `${text}${written(parts[n])}`).join(''),
});

/** HTML as it is written here: nothing of a stranger. */
export const own = (text: string): Html => ({ html: text });
