import { decodeJwt } from 'jose';
import { CLOUDS, type CloudName } from './clouds.ts';
import { createGraph, type Send } from './graph.ts';
import { SignInRefused } from './look.ts';
import { HELP, type Options, readOptions, UsageError } from './options.ts';
import { outputsOf } from './outputs.ts';
import { apply, type Outcome, plan } from './sign-in.ts';
import { surplusOf } from './surplus.ts';

/** The command's surroundings: tests give it the local cloud. */
export type Surroundings = {
  /** A token for Microsoft Graph, of the person who runs the command. */
  readonly token: (cloud: CloudName, tenantId: string) => Promise<string>;
  readonly send?: Send;
  readonly wait: (seconds: number) => Promise<void>;
  readonly say: (text: string) => void;
};

type Run = Extract<Options, { kind: 'run' }>;

/** The token is only compared with the given tenant: Graph itself verifies it. */
const refuseTenant = (token: string, tenantId: string): void => {
  const { tid } = decodeJwt(token);
  if (tid === tenantId) return;
  throw new SignInRefused(
    `Whoever has signed in did so in the tenant ${String(tid)}, and --tenant is ${tenantId}. Sign in there: az login --tenant ${tenantId}`,
  );
};

const tell = ({ say }: Surroundings, { writes, wanted, tenantId, cloud }: Run, outcome: Outcome): number => {
  const { seen, done, failed } = outcome;
  for (const sentence of done) say(`${writes ? 'Done' : 'Would'}: ${sentence}.`);
  if (done.length === 0 && failed === undefined) say('Nothing to do: the registration is as it is to be.');
  if (seen.application) for (const more of surplusOf(seen.application, wanted)) say(`Look at this: ${more}`);
  const outputs = outputsOf(seen, tenantId, CLOUDS[cloud].graph);
  if (outputs !== '') say(`\n${outputs}`);
  if (failed !== undefined) say(`\n${failed} What was done stays; run it again once that is mended.`);
  else if (!writes && done.length > 0) say('\nNothing was written. Run it again with --apply.');
  return failed === undefined ? 0 : 1;
};

const run = async (options: Run, surroundings: Surroundings): Promise<number> => {
  const { tenantId, cloud, wanted, writes } = options;
  const token = await surroundings.token(cloud, tenantId);
  refuseTenant(token, tenantId);
  const endpoint = CLOUDS[cloud].graph;
  const graph = createGraph({ endpoint, token, ...(surroundings.send && { send: surroundings.send }) });
  const signIn = { graph, endpoint, wanted, wait: surroundings.wait };
  return tell(surroundings, options, await (writes ? apply(signIn) : plan(signIn)));
};

/**
 * Runs the whole command. Returns the exit code: 0 when all is as wanted or was only looked at, 1 when not, 2 for a wrong command
 * line.
 */
export const runSignIn = async (words: readonly string[], surroundings: Surroundings): Promise<number> => {
  try {
    const options = readOptions(words);
    if (options.kind === 'run') return await run(options, surroundings);
    surroundings.say(HELP);
    return 0;
  } catch (error) {
    surroundings.say(error instanceof Error ? error.message : String(error));
    return error instanceof UsageError ? 2 : 1;
  }
};
