import type { EndedInstance, Instances } from '../guardian.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

const NARROWEST_MS = 10 * MINUTE_MS;
const WIDEST_MS = DAY_MS;
/** Hardly any instance is older: all older ones are asked for at once. */
const YEAR_MS = 365 * DAY_MS;

/**
 * After a window with fewer instances than this the next window is twice as wide; after one with more it is as narrow
 * as possible.
 */
const FEW = 100;
const MANY = 1_000;

const nextWidth = (width: number, found: number): number => {
  if (found > MANY) return NARROWEST_MS;
  return found < FEW ? Math.min(2 * width, WIDEST_MS) : width;
};

/** The instances that were created in a window and have ended; `until`: the end of the window. */
export type EndedWindow = { readonly ended: readonly EndedInstance[]; readonly until: Date };

/**
 * The instances that were created in this time and have ended, the oldest window first. The SDK follows all pages of a
 * query before it answers, and takes no page size. So each query covers a short time, and the worker holds only the
 * instances of one window. An instance that was created at the very end of a window may be in the next window as well.
 */
export async function* endedInWindows(
  { listEnded }: Pick<Instances, 'listEnded'>,
  from: Date,
  to: Date,
): AsyncGenerator<EndedWindow> {
  let width = NARROWEST_MS;
  let start = from.getTime();
  while (start < to.getTime()) {
    const end = Math.min(Math.max(start + width, to.getTime() - YEAR_MS), to.getTime());
    const ended = await listEnded(new Date(start), new Date(end));
    yield { ended, until: new Date(end) };
    width = nextWidth(width, ended.length);
    start = end;
  }
}
