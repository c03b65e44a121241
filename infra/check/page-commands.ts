/** A command of docs/deploy.md, in one line, and the heading that it stands under. */
export type PageCommand = { readonly heading: string; readonly text: string };

/** `page`: the text of docs/deploy.md. */
export const commandsIn = (page: string): readonly PageCommand[] =>
  page.split(/^## /m).flatMap((section) => {
    const heading = section.slice(0, section.indexOf('\n'));
    const blocks = [...section.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, text = '']) => text);
    return blocks
      .flatMap((text) => text.replaceAll(/\\\n\s*/g, '').split('\n'))
      .filter((text) => text !== '' && !text.startsWith('#'))
      .map((text) => ({ heading, text }));
  });

/** The program that a command begins with, also behind `KEY=$(`. */
export const programOf = ({ text }: PageCommand): string => /^(?:[A-Z]+=\$\()?([a-z0-9]+)/.exec(text)?.[1] ?? text;

/** Which commands nobody runs here: how they begin, and why. */
export type NotRun = { readonly begins: string; readonly why: string };

const TABLE = /^\| not run by the check \| why \|\n\|[-|]+\|\n((?:\|.*\n)+)/m;

/** What the page itself says that is not run. */
export const notRunIn = (page: string): readonly NotRun[] => {
  const [, rows = ''] = TABLE.exec(page) ?? [];
  return [...rows.matchAll(/^\| `([^`]+)` \| (.+) \|$/gm)].map(([, begins = '', why = '']) => ({ begins, why }));
};

const begins = (one: NotRun) => (command: PageCommand) => command.text.startsWith(`${one.begins} `);

/** All that is to be run: what the page does not name as not run. */
export const toRunIn = (page: string): readonly PageCommand[] =>
  commandsIn(page).filter((command) => !notRunIn(page).some((one) => begins(one)(command)));

/** How a command begins that the page names as not run and does not have. */
export const staleIn = (page: string): readonly string[] =>
  notRunIn(page)
    .filter((one) => !commandsIn(page).some(begins(one)))
    .map((one) => one.begins);

/** What stands in angle brackets on the page, and what it is here. */
export type Blanks = Readonly<Record<string, string>>;

/** Throws where it leaves something open that nobody knows. */
export const filledIn = (text: string, blanks: Blanks): string =>
  text.replaceAll(/<([a-z ]+)>/g, (_, name: string) => {
    const value = blanks[name];
    if (value === undefined) throw new Error(`docs/deploy.md asks for <${name}>, and nobody knows it here`);
    return value;
  });
