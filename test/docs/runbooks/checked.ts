import { type PageKind, runbookOf } from '../../../src/posture/runbooks.ts';
import { markdownTable } from '../tables/markdown.ts';
import { isRunOn } from './by-azure-cli.ts';
import { commandsIn, PAGE_KINDS } from './kinds.ts';
import { pageOf } from './page-of.ts';
import { PLAYED, PLAYED_POSTURE } from './played.ts';

const linkTo = (kind: PageKind): string => `[${kind}](${runbookOf(kind).replace('docs/runbooks/', '')})`;

/** Places of the portal that a page names, a sentence for each. */
export const portalIn = (text: string): readonly string[] =>
  [...text.matchAll(/^In the portal, ([\s\S]*?)\n\n/gm)].map(([, place = '']) => place.replaceAll('\n', ' '));

/** The commands of the Azure CLI on a page that nothing runs, by their names alone: `az keyvault key recover`. */
const azNamesIn = (text: string, kind: PageKind): readonly string[] =>
  commandsIn(text)
    .filter((line) => !isRunOn(kind, line))
    .flatMap((line) => /^(?:[A-Z_]+=\$\()?(az(?: [a-z][a-z-]*)+)/.exec(line)?.slice(1, 2) ?? []);

type Read = (text: string, kind: PageKind) => readonly string[];

/** The findings of `read` in all pages, each with its pages. */
const byPage = (read: Read): readonly (readonly [string, readonly PageKind[]])[] => {
  const pages = new Map<string, PageKind[]>();
  for (const kind of PAGE_KINDS) {
    for (const one of new Set(read(pageOf(kind), kind))) pages.set(one, [...(pages.get(one) ?? []), kind]);
  }
  return [...pages].toSorted(([one], [other]) => (one < other ? -1 : 1));
};

const listed = (found: ReturnType<typeof byPage>, named: (one: string) => string): readonly (readonly string[])[] =>
  found.map(([one, kinds]) => [named(one), kinds.map(linkTo).join(', ')]);

/** The pages whose commands a test runs, in the state of that page's fault. */
export const pagesPlayed = (): string => [...PLAYED.map(([, kind]) => kind), PLAYED_POSTURE].map(linkTo).join(', ');

/** Commands of the Azure CLI and places in the portal that no test has run or checked. */
export const notRun = (): string =>
  [
    markdownTable(
      ['command of the Azure CLI', 'on'],
      listed(byPage(azNamesIn), (name) => `\`${name}\``),
    ),
    markdownTable(
      ['place in the portal', 'on'],
      listed(byPage(portalIn), (place) => place),
    ),
  ].join('\n\n');
