import type { Send } from '../sign-in/graph.ts';
import { diagnose } from './diagnose.ts';
import type { Finding, Weight } from './finding.ts';
import { type CloudName, ENDPOINTS, HELP, readOptions } from './options.ts';
import { readFacts } from './read/facts.ts';

export type Surroundings = {
  readonly token: (cloud: CloudName, resource: string) => Promise<string>;
  readonly send: Send;
  readonly say: (text: string) => void;
};

const HEADS: Readonly<Record<Weight, string>> = {
  stops: 'STOPS IT',
  limits: 'LIMITS IT',
  unseen: 'UNKNOWN',
  noted: 'NOTED',
};

const told = ({ weight, sentence, commands }: Finding): string =>
  [`${HEADS[weight]}  ${sentence}`, ...commands.map((command) => `    ${command}`)].join('\n');

const WELL = 'Nothing is wrong that can be seen from outside. What the product itself sees: GET /api/coverage.';

/** Runs the whole command; returns the exit code. */
export const runDoctor = async (words: readonly string[], { token, send, say }: Surroundings): Promise<number> => {
  const options = readOptions(words);
  if (options.kind !== 'run') {
    say(options.kind === 'help' ? HELP : options.why);
    return options.kind === 'help' ? 0 : 2;
  }
  const { arm, graph } = ENDPOINTS[options.cloud];
  const access = { arm, graph, send, token: (resource: string) => token(options.cloud, resource) };
  const findings = diagnose(await readFacts(access, options));
  if (options.asJson) say(JSON.stringify(findings, undefined, 2));
  else say(findings.length === 0 ? WELL : findings.map(told).join('\n\n'));
  return findings.some(({ weight }) => weight === 'stops') ? 1 : 0;
};
