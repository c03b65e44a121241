import { type Change, changesOf } from './changes.ts';
import { type Graph, GraphRefusal } from './graph.ts';
import { look, type Seen } from './look.ts';
import type { Wanted } from './registration.ts';

export type Outcome = {
  readonly seen: Seen;
  /** What was written, or would be. */
  readonly done: readonly string[];
  /** Why the rest was not written. */
  readonly failed?: string;
};

export type SignIn = {
  readonly graph: Graph;
  readonly endpoint: string;
  readonly wanted: Wanted;
  /** Seconds. */
  readonly wait: (seconds: number) => Promise<void>;
};

/** What would be written. */
export const plan = async ({ graph, endpoint, wanted }: SignIn): Promise<Outcome> => {
  const seen = await look(graph, wanted);
  return { seen, done: changesOf(seen, wanted, endpoint).map(({ sentence }) => sentence) };
};

/** The directory is many copies: one may not know yet what another has just taken. */
const WAIT_SECONDS = 5;
const WAITS = 12;

const isNotKnownYet = (error: unknown): boolean =>
  error instanceof GraphRefusal &&
  (error.status === 404 || /does not reference a valid application/.test(error.message));

const sentenceOf = ({ sentence, needs }: Change, error: unknown): string => {
  const { message } = error as Error;
  const isDenied = error instanceof GraphRefusal && error.status === 403;
  return `Could not ${sentence}. ${message}${isDenied ? ` It takes ${needs}.` : ''}`;
};

type Tried = { readonly kind: 'done' | 'later' } | { readonly kind: 'failed'; readonly why: string };

const send = async (graph: Graph, change: Change): Promise<Tried> => {
  const { method, path, body, headers } = change;
  if (path === undefined) return { kind: 'later' };
  try {
    await graph.write(method, path, body, headers);
    return { kind: 'done' };
  } catch (error) {
    return isNotKnownYet(error) ? { kind: 'later' } : { kind: 'failed', why: sentenceOf(change, error) };
  }
};

/**
 * Looks, writes the first thing that is missing, and looks again, until nothing is. So a run that ended half-way is gone on with
 * by the next, and a second run writes nothing. What was done is true even where the rest failed.
 */
export const apply = async ({ graph, endpoint, wanted, wait }: SignIn): Promise<Outcome> => {
  const done: string[] = [];
  let waits = 0;
  for (;;) {
    const seen = await look(graph, wanted);
    const [first] = changesOf(seen, wanted, endpoint);
    if (!first) return { seen, done };
    const isAgain = done.includes(first.sentence);
    const tried: Tried = isAgain ? { kind: 'later' } : await send(graph, first);
    if (tried.kind === 'failed') return { seen, done, failed: tried.why };
    if (tried.kind === 'done') done.push(first.sentence);
    if (tried.kind === 'later') {
      if (waits === WAITS)
        return {
          seen,
          done,
          failed: `The directory does not show yet what it took. Run this again to ${first.sentence}.`,
        };
      waits += 1;
      await wait(WAIT_SECONDS);
    }
  }
};
