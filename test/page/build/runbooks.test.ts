import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { runbookHtml } from '../../../page/build/runbook-html.ts';
import { runbookPages } from '../../../page/build/runbook-pages.ts';
import { runbookPlace } from '../../../page/model/runbook.ts';
import { POSTURE_KINDS, runbookOf } from '../../../src/posture/runbooks.ts';
import { FAULTS } from '../../../src/remediation/model/faults.ts';

const root = path.join(import.meta.dirname, '../../..');

describe('A runbook in a browser', () => {
  it('has its headings, paragraphs, lists, code and links, and nothing of it runs', () => {
    const markdown = [
      '# Key <expired>',
      'It is `a < b`, see\n[another](key-deleted.md) and [Azure](https://learn.microsoft.com/azure).',
      '* one\n* two\n  goes on',
      "```sh\naz keyvault key show --id '<key>'\n\naz account show\n```",
      '[Settings](../../README.md)',
    ].join('\n\n');
    expect(runbookHtml(markdown).split('\n')).toEqual([
      '<h1>Key &lt;expired&gt;</h1>',
      '<p>It is <code>a &lt; b</code>, see',
      '<a href="/api/ui/runbook-key-deleted.html">another</a> and <a href="https://learn.microsoft.com/azure" rel="noreferrer">Azure</a>.</p>',
      '<ul><li>one</li><li>two',
      '  goes on</li></ul>',
      '<pre tabindex="0">az keyvault key show --id \'&lt;key&gt;\'',
      '',
      'az account show</pre>',
      '<p>Settings</p>',
    ]);
  });

  it('is refused where it has something that its page cannot show', () => {
    expect(() => runbookHtml('# Title\n\n| a | b |\n|---|---|')).toThrow('cannot show: | a | b |');
  });

  it('is there for every fault, by the path that the API says, and leads only to what is there', async () => {
    const pages = await runbookPages(root);
    const places = [...Object.keys(FAULTS), ...POSTURE_KINDS].map((kind) =>
      runbookPlace(runbookOf(kind as Parameters<typeof runbookOf>[0])),
    );
    const there = new Set([...pages.keys()].map((name) => `/api/ui/${name}`));
    expect(places.filter((place) => place === undefined || !there.has(place))).toEqual([]);
    const linked = [...pages.values()].flatMap((page) =>
      [...new TextDecoder().decode(page).matchAll(/href="(\/api\/ui\/runbook-[^"]+)"/g)].map(([, to = '']) => to),
    );
    expect(linked.filter((to) => !there.has(to))).toEqual([]);
    expect([...pages.values()].some((page) => /```|\]\(/.test(new TextDecoder().decode(page)))).toBe(false);
  });

  it('has no place for a path that is no runbook', () => {
    expect(runbookPlace('https://example.org/docs/runbooks/key-expired.md')).toBeUndefined();
    expect(runbookPlace('docs/runbooks/../../README.md')).toBeUndefined();
  });
});
