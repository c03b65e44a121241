/**
 * The grammar of the Azure CLI, from its own help (`az <command> --help`) at the date and version that the table beside this file
 * names. A command that is new here is looked up in the same way, and added there.
 */
import { readFileSync } from 'node:fs';

type Command = {
  readonly options: readonly string[];
  /** Each is a set of names for one required option. */
  readonly required?: readonly (readonly string[])[];
  readonly choices?: Readonly<Record<string, readonly string[]>>;
};

type Table = {
  readonly azureCli: string;
  readonly readOn: string;
  readonly commands: Readonly<Record<string, Command>>;
};

export const AZ: Table = JSON.parse(readFileSync(new URL('az-2.91.0.json', import.meta.url), 'utf8'));

const GLOBAL = new Set(['debug', 'help', 'only-show-errors', 'output', 'verbose', 'query']);

/** The groups of commands: other text that begins with `az` is about the program. */
export const GROUPS: ReadonlySet<string> = new Set(Object.keys(AZ.commands).map((one) => one.split(' ')[0] ?? ''));

/** The longest command that these words begin with. */
export const commandOf = (words: readonly string[]): string | undefined => {
  for (let length = Math.min(words.length, 5); length > 0; length--) {
    const name = words.slice(0, length).join(' ');
    if (AZ.commands[name]) return name;
  }
  return undefined;
};

type Given = ReadonlyMap<string, readonly string[]>;

/** The options with their values, in which `--name=value` is two words. */
const optionsIn = (words: readonly string[]): Given => {
  const given = new Map<string, string[]>();
  let current: string[] = [];
  for (const word of words) {
    if (!word.startsWith('-')) {
      current.push(word);
      continue;
    }
    current = [];
    given.set(word.replace(/^--/, ''), current);
  }
  return given;
};

const isPlaceholder = (value: string): boolean => /[<>$]/.test(value);

const faultsOfOptions = (name: string, given: Given): readonly string[] => {
  const { options, required = [], choices = {} } = AZ.commands[name] ?? { options: [] };
  const known = new Set([...options, ...GLOBAL]);
  const unknown = [...given.keys()].filter((option) => !known.has(option));
  // An id contains name, group and subscription.
  const missing =
    given.has('ids') || given.has('id') ? [] : required.filter((names) => !names.some((one) => given.has(one)));
  const refused = [...given].flatMap(([option, values]) =>
    values
      .filter((value) => choices[option] && !isPlaceholder(value) && !choices[option].includes(value))
      .map((value) => `--${option} ${value}`),
  );
  return [
    ...unknown.map((option) => `there is no --${option}`),
    ...missing.map((names) => `--${names.join(' or --')} is missing`),
    ...refused.map((one) => `${one} is none of its values`),
  ];
};

/** The reasons why the CLI would refuse a command, in sentences; `words` begin with `az`. */
export const faultsOfCommand = (words: readonly string[]): readonly string[] => {
  const [program, ...rest] = words;
  const first = rest.findIndex((word) => word.startsWith('-'));
  const named = first < 0 ? rest : rest.slice(0, first);
  const name = commandOf(named);
  const line = words.join(' ');
  if (program !== 'az' || name === undefined || name !== named.join(' ')) return [`${line}: there is no such command`];
  return faultsOfOptions(name, optionsIn(rest.slice(named.length))).map((fault) => `${line}: ${fault}`);
};

/** Commands of the data plane are sent to the host in the name of a vault or an account, in any subscription. */
const ANYWHERE = /^(keyvault key|storage|account|rest$|role|policy|login|group|provider|ad) ?/;
/** The resource of this command is named by id, and the command still looks for it in the default subscription. */
const STILL_NAMED = /^lock create$/;

/**
 * Whether a command names its subscription, by an id or by `--subscription`: the default subscription of the person who runs it
 * may be another.
 */
export const namesSubscription = (words: readonly string[]): boolean => {
  const rest = words.slice(1);
  const name = commandOf(rest);
  if (name === undefined || ANYWHERE.test(name)) return true;
  // Ids contain the subscription; a resource that is still to be made has no place yet.
  if (['--subscription', '--ids', '--id'].some((option) => rest.includes(option))) return true;
  if (/^<.*>$/.test(rest[rest.indexOf('--name') + 1] ?? '')) return true;
  return (
    !STILL_NAMED.test(name) && rest.some((word) => /^(https:\/\/management\.azure\.com)?\/subscriptions\//i.test(word))
  );
};
