/** A command of docs/deploy.md, in one line, and its heading. */
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

/** The program of a command, also behind `KEY=$(`. */
export const programOf = ({ text }: PageCommand): string => /^(?:[A-Z]+=\$\()?([a-z0-9]+)/.exec(text)?.[1] ?? text;

/** A command that the check does not run: its beginning, and the reason. */
export type NotRun = { readonly begins: string; readonly why: string };

const TABLE = /^\| not run by the check \| why \|\n\|[-|]+\|\n((?:\|.*\n)+)/m;

/** The commands that the page itself names as not run. */
export const notRunIn = (page: string): readonly NotRun[] => {
  const [, rows = ''] = TABLE.exec(page) ?? [];
  return [...rows.matchAll(/^\| `([^`]+)` \| (.+) \|$/gm)].map(([, begins = '', why = '']) => ({ begins, why }));
};

const begins = (one: NotRun) => (command: PageCommand) => command.text.startsWith(`${one.begins} `);

/** The commands that the check must run: all except those that the page names as not run. */
export const toRunIn = (page: string): readonly PageCommand[] =>
  commandsIn(page).filter((command) => !notRunIn(page).some((one) => begins(one)(command)));

/** Beginnings that the page names as not run, although it has no such command. */
export const staleIn = (page: string): readonly string[] =>
  notRunIn(page)
    .filter((one) => !commandsIn(page).some(begins(one)))
    .map((one) => one.begins);

/** The texts in angle brackets on the page, with their values here. */
export type Blanks = Readonly<Record<string, string>>;

/** The command with its values. Throws where a placeholder has no value. */
export const filledIn = (text: string, blanks: Blanks): string =>
  text.replaceAll(/<([a-z ]+)>/g, (_, name: string) => {
    const value = blanks[name];
    if (value === undefined) throw new Error(`docs/deploy.md asks for <${name}>, and nobody knows it here`);
    return value;
  });
