import { CommanderError } from 'commander';
import { Refused } from '../client/refused.ts';
import { Unreachable } from '../client/unreachable.ts';
import { asCommand } from './words/as-command.ts';

export const EXIT = { well: 0, wrong: 1, usage: 2, outOfReach: 3 } as const;

/** The arguments of the command are wrong. */
export class Usage extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Usage';
  }
}

/** The person could not be signed in. */
export class NotSignedIn extends Error {
  constructor(why: string) {
    super(why);
    this.name = 'NotSignedIn';
  }
}

/** Refusals of the arguments: a text that the app does not understand, or a name that does not exist. */
const MISNAMED: readonly string[] = ['BadRequest', 'NotFound', 'Ambiguous', 'UnknownKey', 'NeverMatches', 'OutOfScope'];
const NOT_LET_IN: readonly string[] = ['Unauthorized', 'Forbidden', 'NoApprovers', 'TokenNotVerified'];

/** The exit code for a refusal of the app or its host: a caller without access, or with an unhealthy app, has not reached it. */
const exitOf = ({ status, problem }: Refused): number => {
  const code = problem?.error.code ?? '';
  if (problem === undefined || status >= 500 || NOT_LET_IN.includes(code)) return EXIT.outOfReach;
  return MISNAMED.includes(code) ? EXIT.usage : EXIT.wrong;
};

/** The API's text is for programs: in a terminal the command line itself sends the token or key. */
const SIGN_IN =
  'To sign in here: az login, as somebody with an app role; leave out any key (--key, GUARDIAN_KEY) and any GUARDIAN_TOKEN.';

const wayIn = ({ problem }: Refused): readonly string[] => (problem?.error.code === 'Unauthorized' ? [SIGN_IN] : []);

type Candidate = { readonly id?: string; readonly name?: string } | string;

const candidatesOf = ({ problem }: Refused): readonly string[] => {
  const { candidates } = (problem ?? {}) as { readonly candidates?: readonly Candidate[] };
  return (candidates ?? []).map((one) => `  ${typeof one === 'string' ? one : (one.id ?? one.name ?? '')}`);
};

export type Failure = { readonly exit: number; readonly says: string };

/** The exit code and the text of an error; an unexpected error is shown as it is. */
export const failureOf = (error: unknown): Failure => {
  if (error instanceof CommanderError) return { exit: error.exitCode === 0 ? EXIT.well : EXIT.usage, says: '' };
  if (error instanceof Usage) return { exit: EXIT.usage, says: error.message };
  if (error instanceof Unreachable || error instanceof NotSignedIn)
    return { exit: EXIT.outOfReach, says: error.message };
  if (error instanceof Refused)
    return {
      exit: exitOf(error),
      says: [asCommand(error.message), ...wayIn(error), ...candidatesOf(error)].join('\n'),
    };
  return { exit: EXIT.wrong, says: error instanceof Error ? error.message : String(error) };
};
