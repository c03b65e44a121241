const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);

/** The path at which the app serves the runbook of a file in `docs/runbooks`. */
export const runbookFile = (markdown: string): string => `runbook-${markdown.replace(/\.md$/, '')}.html`;

/**
 * A link to another runbook leads to its page, and a link with https stays. Any other link becomes plain text, since its target
 * is not served.
 */
const linkOf = (text: string, to: string): string => {
  if (/^[a-z-]+\.md$/.test(to)) return `<a href="/api/ui/${runbookFile(to)}">${text}</a>`;
  return to.startsWith('https://') ? `<a href="${to}" rel="noreferrer">${text}</a>` : text;
};

/** Converts inline code, and links outside of it. */
const inline = (text: string): string =>
  escaped(text)
    .split(/(`[^`]+`)/)
    .map((part) =>
      part.startsWith('`')
        ? `<code>${part.slice(1, -1)}</code>`
        : part.replaceAll(/\[([^\]]+)\]\(([^)]+)\)/g, (_link, label: string, to: string) => linkOf(label, to)),
    )
    .join('');

/** The beginnings of Markdown blocks, each with its conversion to HTML. The first match counts. */
const BLOCKS: readonly (readonly [RegExp, (block: string) => string])[] = [
  [/^```/, (block) => `<pre tabindex="0">${escaped(block.replace(/^```\w*\n/, '').replace(/\n?```$/, ''))}</pre>`],
  [/^# /, (block) => `<h1>${inline(block.slice(2))}</h1>`],
  [/^## /, (block) => `<h2>${inline(block.slice(3))}</h2>`],
  [
    /^\* /,
    (block) =>
      `<ul>${block
        .split(/^\* /m)
        .filter((item) => item !== '')
        .map((item) => `<li>${inline(item.trim())}</li>`)
        .join('')}</ul>`,
  ],
  [/^[\w`"“([]/, (block) => `<p>${inline(block)}</p>`],
];

/** Marks are for `npm run docs`, which writes between them; a reader needs none. */
const withoutMarks = (markdown: string): string => markdown.replaceAll(/^<!-- \/?[a-z]+ -->\n/gm, '');

/** Empty lines separate blocks, except inside code. */
const blocksOf = (markdown: string): readonly string[] =>
  [...markdown.matchAll(/^```[\s\S]*?^```$|^[^\n](?:[^\n]|\n(?!\n|```))*/gm)].map(([block]) => block.trim());

/**
 * A runbook as HTML: headings, paragraphs, lists, code and links, which are all that runbooks use. @throws Error with any other
 * block: a runbook without one of its parts would mislead its reader
 */
export const runbookHtml = (markdown: string): string =>
  blocksOf(withoutMarks(markdown))
    .map((block) => {
      const [, html] = BLOCKS.find(([begins]) => begins.test(block)) ?? [];
      if (!html) throw new Error(`A runbook has a block that its page cannot show: ${block}`);
      return html(block);
    })
    .join('\n');

/** The title of the runbook. */
export const titleOf = (markdown: string): string => escaped(/^# (.+)$/m.exec(markdown)?.[1] ?? 'Runbook');
