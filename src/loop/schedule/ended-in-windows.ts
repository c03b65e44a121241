import type { EndedInstance, Instances } from '../guardian.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

const NARROWEST_MS = 10 * MINUTE_MS;
const WIDEST_MS = DAY_MS;
/** Hardly anything is older: all of it is asked at once. */
const YEAR_MS = 365 * DAY_MS;

/** Below so many the next window is twice as wide, and above so many as narrow as can be. */
const FEW = 100;
const MANY = 1_000;

const nextWidth = (width: number, found: number): number => {
  if (found > MANY) return NARROWEST_MS;
  return found < FEW ? Math.min(2 * width, WIDEST_MS) : width;
};

/** What ended and was made in a window; `until`: where that ends. */
export type EndedWindow = { readonly ended: readonly EndedInstance[]; readonly until: Date };

/**
 * What has ended and was made in this time, the oldest window first. The SDK follows all pages of one question before it answers, and
 * takes no page size: so the questions are about short times, and the worker holds what was made in one of them. Who was made at the
 * very end of a window may be in the next one as well.
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
