import type { Send } from '../infra/sign-in/graph.ts';
import type { SignInSettings } from './sign-in/settings-of.ts';
import type { Way } from './sign-in/ways.ts';

/** The surroundings of a command: everything that may differ between two runs. */
export type Surroundings = {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Prints the result of the command. */
  readonly out: (text: string) => void;
  /** Prints messages about the command itself: questions and errors. */
  readonly say: (text: string) => void;
  /** Places of a line; `undefined` where the output is not a terminal. */
  readonly columns: number | undefined;
  /** A terminal where progress is drawn; left out where there is none. */
  readonly progress?: NodeJS.WriteStream;
  /** Asks a person a yes-or-no question; left out where no person can answer. */
  readonly ask?: (question: string) => Promise<boolean>;
  readonly signIn: (way: Way | undefined, settings: SignInSettings) => Promise<string>;
  /** Sends to Azure itself, for the commands that look at Azure. */
  readonly send: Send;
  /** Ms since epoch. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** Ends a command that would run for ever. */
  readonly stop: AbortSignal;
};
