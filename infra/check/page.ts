import { readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { type AzureCli, forgetTokens } from './azure-cli.ts';
import type { Deployable } from './deployable.ts';
import { type Blanks, commandsIn, filledIn, type PageCommand, programOf, staleIn, toRunIn } from './page-commands.ts';
import { said } from './said.ts';
import type { Workshop } from './tofu.ts';

const QUIET = '-no-color -input=false';
const AGREED = `${QUIET} -concise -auto-approve`;

type Variables = Readonly<Record<string, string>>;

/** The surroundings in which docs/deploy.md is followed. */
export type Surroundings = {
  readonly workshop: Workshop;
  /** The folder of the unpacked release, in which the commands run. */
  readonly folder: string;
  readonly place: Deployable;
  readonly blanks: Blanks;
  /** `undefined` where it is not installed: its commands are then skipped. */
  readonly azureCli: AzureCli | undefined;
};

/** The environment of a signed-in person who has all programs on the PATH. */
const environmentOf = ({ workshop, place, azureCli }: Surroundings): Variables => ({
  ...workshop.environment,
  ...place.environment,
  PATH: [path.dirname(workshop.tofu), path.dirname(process.execPath), azureCli?.folder, process.env['PATH']]
    .filter((one) => one !== undefined)
    .join(path.delimiter),
  ...place.signIn,
  ...azureCli?.environment,
  NODE_USE_ENV_PROXY: '1',
  NODE_EXTRA_CA_CERTS: place.cloud.caFile,
  CURL_CA_BUNDLE: place.cloud.caFile,
  REQUESTS_CA_BUNDLE: place.cloud.caFile,
  TF_CLI_ARGS_init: QUIET,
  TF_CLI_ARGS_apply: AGREED,
  TF_CLI_ARGS_destroy: AGREED,
});

/** The surroundings of one part of the page alone. */
export type Following = {
  readonly blanks?: Blanks;
  /** Variables that earlier commands of the shell have set. */
  readonly variables?: Variables;
  /** The folder in which the commands run; the folder of the unpacked release when left out. */
  readonly folder?: string;
};

export type Page = {
  readonly hasAzureCli: boolean;
  /** Runs the commands under a heading that this part of it has, unchanged; returns their output. */
  follow(heading: string, part: RegExp, following?: Following): Promise<string>;
  /** Throws where a command was not run that the page does not name as not run. */
  ended(): void;
};

const read = (): string => {
  const page = readFileSync(path.join(import.meta.dirname, '..', '..', 'docs', 'deploy.md'), 'utf8');
  const stale = staleIn(page);
  if (stale.length > 0) throw new Error(`docs/deploy.md says that it does not run, and has not: ${stale.join(', ')}`);
  return page;
};

/** Variables that a command sets (`KEY=$(…)`) are set for the commands after it, as in a shell. */
const following = (surroundings: Surroundings) => {
  const set = new Map<string, string>();
  return async ({ text }: PageCommand, { blanks, variables, folder }: Following): Promise<string> => {
    const { place } = surroundings;
    const [, name] = /^([A-Z]+)=\$\(/.exec(text) ?? [];
    const filled = filledIn(text, { ...surroundings.blanks, ...blanks });
    const script = name === undefined ? filled : `${filled}\nprintf %s "$${name}"`;
    console.log(`docs/deploy.md: ${text.slice(0, 100)}`);
    const env = { ...environmentOf(surroundings), ...variables, ...Object.fromEntries(set) };
    const cwd = folder ?? surroundings.folder;
    if (surroundings.azureCli) forgetTokens(surroundings.azureCli);
    const words = await place.whilePassing(() => said('bash', ['-ceu', script], { cwd, env }));
    if (name !== undefined) set.set(name, words.trim());
    return words;
  };
};

/** docs/deploy.md, followed in the folder of the unpacked release. */
export const openPage = (surroundings: Surroundings): Page => {
  const page = read();
  const toRun = toRunIn(page).filter((one) => surroundings.azureCli || programOf(one) !== 'az');
  const followed = new Set<string>();
  const run = following(surroundings);
  return {
    hasAzureCli: surroundings.azureCli !== undefined,
    follow: async (heading, part, of = {}) => {
      const asked = (one: PageCommand) => one.heading === heading && part.test(one.text);
      if (!commandsIn(page).some(asked)) throw new Error(`docs/deploy.md has no such command under '${heading}'`);
      const words: string[] = [];
      for (const command of toRun.filter(asked)) {
        words.push(await run(command, of));
        followed.add(command.text);
      }
      return words.join('\n');
    },
    ended: () => {
      const left = toRun.filter(({ text }) => !followed.has(text)).map(({ text }) => `\n  ${text}`);
      if (left.length > 0) throw new Error(`nobody has run these commands of docs/deploy.md:${left.join('')}`);
    },
  };
};
