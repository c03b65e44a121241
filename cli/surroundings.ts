import type { Send } from '../infra/sign-in/graph.ts';
import type { SignInSettings } from './sign-in/settings-of.ts';
import type { Way } from './sign-in/ways.ts';

/** What a command has around it: everything that is not the same each time. */
export type Surroundings = {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What the command was asked for. */
  readonly out: (text: string) => void;
  /** What is about the command itself: questions, and what went wrong. */
  readonly say: (text: string) => void;
  /** Places of a line; `undefined` where what is printed goes to no terminal. */
  readonly columns: number | undefined;
  /** A terminal where progress is drawn; left out where there is none. */
  readonly progress?: NodeJS.WriteStream;
  /** Asks a person, who may say yes; left out where nobody is there to answer. */
  readonly ask?: (question: string) => Promise<boolean>;
  readonly signIn: (way: Way | undefined, settings: SignInSettings) => Promise<string>;
  /** Sends to Azure itself, for what looks from there. */
  readonly send: Send;
  /** Ms since epoch. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** Ends what would go on for ever. */
  readonly stop: AbortSignal;
};
