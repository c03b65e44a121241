import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { runbookFile, runbookHtml, titleOf } from './runbook-html.ts';

const FOLDER = 'docs/runbooks';

const pageOf = (markdown: string): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${titleOf(markdown)} · CMK Guardian</title>
    <link rel="icon" href="/api/ui/icon.svg" type="image/svg+xml">
    <link rel="stylesheet" href="/api/ui/runbook.css">
  </head>
  <body>
    <main>
${runbookHtml(markdown)}
    </main>
  </body>
</html>
`;

/**
 * Every runbook as a file of the page, so that a person on call can read it behind a private endpoint, without access to the
 * repository, and also while sign-in fails.
 */
export const runbookPages = async (root: string): Promise<ReadonlyMap<string, Uint8Array>> => {
  const names = (await readdir(path.join(root, FOLDER))).filter((name) => name.endsWith('.md') && name !== 'README.md');
  const pages = names.toSorted().map(async (name): Promise<[string, Uint8Array]> => {
    const markdown = await readFile(path.join(root, FOLDER, name), 'utf8');
    return [runbookFile(name), Buffer.from(pageOf(markdown))];
  });
  return new Map(await Promise.all(pages));
};
