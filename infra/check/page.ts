import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import type { Deployable } from './deployable.ts';
import type { Workshop } from './tofu.ts';

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

export const isRun = ({ text }: PageCommand): boolean => /^(?:tofu|node) /.test(text);

/** The programs that a command begins with, also behind `KEY=$(`. */
const programOf = ({ text }: PageCommand): string => /^(?:[A-Z]+=\$\()?([a-z0-9]+)/.exec(text)?.[1] ?? text;

/** The programs of which the page has commands that are not run here. */
export const untriedIn = (page: string): readonly string[] =>
  [
    ...new Set(
      commandsIn(page)
        .filter((one) => !isRun(one))
        .map(programOf),
    ),
  ].sort();

/** Why the page does not name exactly these; `undefined` where it does. */
export const whyDiffers = (page: string): string | undefined => {
  const [, list = ''] = /\*\*Untried here:\*\* ((?:`[a-z0-9]+`(?:, )?)+)/.exec(page) ?? [];
  const named = [...list.matchAll(/`([a-z0-9]+)`/g)].map(([, name]) => name);
  const untried = untriedIn(page);
  if (named.join() === untried.join()) return undefined;
  return `docs/deploy.md names as untried ${named.join(', ')}, and these are: ${untried.join(', ')}`;
};

/** What stands in angle brackets on the page, and what it is here. */
export type Blanks = Readonly<Record<string, string>>;

const filledIn = (text: string, blanks: Blanks): string =>
  text.replaceAll(/<([a-z ]+)>/g, (_, name: string) => {
    const value = blanks[name];
    if (value === undefined) throw new Error(`docs/deploy.md asks for <${name}>, and nobody knows it here`);
    return value;
  });

const QUIET = '-no-color -input=false';
const AGREED = `${QUIET} -concise -auto-approve`;

/** As somebody has it who has signed in. */
const environmentOf = ({ environment, signIn }: Deployable, workshop: Workshop): Readonly<Record<string, string>> => ({
  ...workshop.environment,
  ...environment,
  PATH: `${path.dirname(workshop.tofu)}${path.delimiter}${path.dirname(process.execPath)}${path.delimiter}${process.env['PATH']}`,
  ...signIn,
  NODE_USE_ENV_PROXY: '1',
  NODE_EXTRA_CA_CERTS: environment['SSL_CERT_FILE'] ?? '',
  TF_CLI_ARGS_init: QUIET,
  TF_CLI_ARGS_apply: AGREED,
  TF_CLI_ARGS_destroy: AGREED,
});

const ranIn = (cwd: string, text: string, env: Readonly<Record<string, string>>): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn('bash', ['-ceu', text], {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes: Buffer) => (said += bytes.toString()));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(said);
      else reject(new Error(`${said}\n${text} ended with ${code}`));
    });
  });

export type Page = {
  /** Runs the commands under a heading that this part of it has, as they stand there; returns what they have said. */
  follow(heading: string, part: RegExp): Promise<string>;
};

/** docs/deploy.md, followed in the folder of the unpacked release. */
export const openPage = (workshop: Workshop, place: Deployable, blanks: Blanks): Page => {
  const page = readFileSync(path.join(import.meta.dirname, '..', '..', 'docs', 'deploy.md'), 'utf8');
  const differs = whyDiffers(page);
  if (differs !== undefined) throw new Error(differs);
  return {
    follow: async (heading, part) => {
      const commands = commandsIn(page).filter((one) => one.heading === heading && isRun(one) && part.test(one.text));
      if (commands.length === 0) throw new Error(`docs/deploy.md has no such command under '${heading}'`);
      const said: string[] = [];
      for (const { text } of commands) {
        console.log(`docs/deploy.md: ${text.slice(0, 100)}`);
        const env = environmentOf(place, workshop);
        said.push(await place.whilePassing(() => ranIn(path.dirname(workshop.folder), filledIn(text, blanks), env)));
      }
      return said.join('\n');
    },
  };
};
