import { type Change, changesOf } from './changes.ts';
import { type Graph, GraphRefusal } from './graph.ts';
import { look, type Seen } from './look.ts';
import type { Wanted } from './registration.ts';

export type Outcome = {
  readonly seen: Seen;
  /** The writes that were done, or that would be. */
  readonly done: readonly string[];
  /** The reason why the other writes were not done. */
  readonly failed?: string;
};

export type SignIn = {
  readonly graph: Graph;
  readonly endpoint: string;
  readonly wanted: Wanted;
  /** Seconds. */
  readonly wait: (seconds: number) => Promise<void>;
};

/** The writes that would be done. */
export const plan = async ({ graph, endpoint, wanted }: SignIn): Promise<Outcome> => {
  const seen = await look(graph, wanted);
  return { seen, done: changesOf(seen, wanted, endpoint).map(({ sentence }) => sentence) };
};

/** The directory has many copies: one may not know yet what another has just stored. */
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
 * Reads, writes the first missing thing, and reads again, until nothing is missing. So the next run continues one that ended
 * half-way, and a second run writes nothing. The finished writes are reported even where a later one failed.
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
