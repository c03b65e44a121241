import { parseArgs } from 'node:util';
import { ACT_NAMES, type ActName } from './acts/acts.ts';
import { MODES, type Mode } from './mode.ts';

export type CommandLine = {
  readonly help: boolean;
  /** Play the incidents and end, instead of staying up. */
  readonly demo: boolean;
  readonly mode: Mode;
  /** Play this act alone. */
  readonly act?: ActName;
  /** Port of the app; one that is free when left out. */
  readonly port?: number;
  /** Workers on one task hub, 1 to 8. */
  readonly workers: number;
  /** Name of a management group whose subscriptions the app follows as well. */
  readonly managementGroup?: string;
};

export const HELP = `Plays incidents on a local cloud: a key expires and a MySQL server locks its users out; another key is deleted.
The app heals both.

  npm start              play them, then stay up for more; Ctrl-C stops everything
  npm run demo           play them and end: exit code 0 when healed, 1 with the reason when not

Options, after -- as in "npm start -- --mode observe":
  --act expiry           play only the first: the key of a single server expires
  --act deletion         play only the second: the key of a flexible server is deleted
  --act replica          play a third: a replica is made, which may not use the key of its source
  --act alert            play a fourth: a key is deleted, and an alert on the vault's audit log says so
  --mode auto            heal what only restores and ask for the rest (default)
  --mode approve         ask before every step
  --mode observe         report only; the server is not healed
  --workers <number>     workers of the app on one task hub, 1 to 8; 1 when left out
  --management-group <name>  follow what lies below it as well: docs/local-cloud.md says how to put something there
  --port <number>        port of the app; 7071 or, if that is taken, another one
  --help                 this text

docs/running.md says more.
`;

/** Wrong arguments; every fault is a line. */
export class UsageError extends Error {
  constructor(faults: readonly string[]) {
    super([...faults, 'See: npm start -- --help'].join('\n'));
    this.name = 'UsageError';
  }
}

const options = {
  help: { type: 'boolean', default: false },
  demo: { type: 'boolean', default: false },
  act: { type: 'string' },
  mode: { type: 'string', default: 'auto' },
  port: { type: 'string' },
  workers: { type: 'string', default: '1' },
  'management-group': { type: 'string' },
} as const;

const isMode = (text: string): text is Mode => MODES.some((mode) => mode === text);
const isAct = (text: string): text is ActName => ACT_NAMES.some((name) => name === text);
const isPort = (text: string): boolean => /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535;

const isName = (text: string): boolean => /^[\w.()-]{1,90}$/.test(text);

const isCount = (text: string): boolean => /^[1-8]$/.test(text);

/** npm takes an option before `--` as its own, and passes on its value alone. */
const lonely = (args: readonly string[]): readonly string[] =>
  args.some((arg) => arg.startsWith('-')) ? [] : ['Options come after --, as in: npm start -- --workers 3'];

const read = (args: readonly string[]) => {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    const fault = error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error);
    throw new UsageError([fault, ...lonely(args)]);
  }
};

/** @throws UsageError naming every fault */
export const readCommandLine = (args: readonly string[]): CommandLine => {
  const { help, demo, act, mode, port, workers, 'management-group': managementGroup } = read(args);
  const faults = [
    ...(act === undefined || isAct(act) ? [] : [`--act is '${act}', and must be one of ${ACT_NAMES.join(', ')}`]),
    ...(isMode(mode) ? [] : [`--mode is '${mode}', and must be one of ${MODES.join(', ')}`]),
    ...(port === undefined || isPort(port) ? [] : [`--port is '${port}', and must be a number from 1 to 65535`]),
    ...(managementGroup === undefined || isName(managementGroup)
      ? []
      : [`--management-group is '${managementGroup}', and must be a name of letters, digits and . _ ( ) -`]),
    ...(isCount(workers) ? [] : [`--workers is '${workers}', and must be a number from 1 to 8`]),
  ];
  if (!isMode(mode) || (act !== undefined && !isAct(act)) || faults.length > 0) throw new UsageError(faults);
  const numbers = { workers: Number(workers), ...(port !== undefined && { port: Number(port) }) };
  const named = { ...(act !== undefined && { act }), ...(managementGroup !== undefined && { managementGroup }) };
  return { help, demo, mode, ...numbers, ...named };
};
