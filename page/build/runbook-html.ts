const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);

/** Where the page's door has the runbook of a file in `docs/runbooks`. */
export const runbookFile = (markdown: string): string => `runbook-${markdown.replace(/\.md$/, '')}.html`;

/** A link to another runbook goes to its page, one of https stays; whatever else is not served is said without a link. */
const linkOf = (text: string, to: string): string => {
  if (/^[a-z-]+\.md$/.test(to)) return `<a href="/api/ui/${runbookFile(to)}">${text}</a>`;
  return to.startsWith('https://') ? `<a href="${to}" rel="noreferrer">${text}</a>` : text;
};

/** Code, and links outside of it. */
const inline = (text: string): string =>
  escaped(text)
    .split(/(`[^`]+`)/)
    .map((part) =>
      part.startsWith('`')
        ? `<code>${part.slice(1, -1)}</code>`
        : part.replaceAll(/\[([^\]]+)\]\(([^)]+)\)/g, (_link, label: string, to: string) => linkOf(label, to)),
    )
    .join('');

/** What a block of Markdown begins with, and what is made of it. The first that fits counts. */
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

/** Marks say where `npm run docs` writes, and nothing to a reader. */
const withoutMarks = (markdown: string): string => markdown.replaceAll(/^<!-- \/?[a-z]+ -->\n/gm, '');

/** Blocks lie between empty lines, but for those in code. */
const blocksOf = (markdown: string): readonly string[] =>
  [...markdown.matchAll(/^```[\s\S]*?^```$|^[^\n](?:[^\n]|\n(?!\n|```))*/gm)].map(([block]) => block.trim());

/**
 * A runbook as HTML: headings, paragraphs, lists, code and links, which is all that runbooks are written with.
 * @throws Error with the block that is something else: a runbook that lacks a part would mislead whoever follows it
 */
export const runbookHtml = (markdown: string): string =>
  blocksOf(withoutMarks(markdown))
    .map((block) => {
      const [, html] = BLOCKS.find(([begins]) => begins.test(block)) ?? [];
      if (!html) throw new Error(`A runbook has a block that its page cannot show: ${block}`);
      return html(block);
    })
    .join('\n');

/** What the runbook calls itself. */
export const titleOf = (markdown: string): string => escaped(/^# (.+)$/m.exec(markdown)?.[1] ?? 'Runbook');
