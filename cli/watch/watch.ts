import { getIncident, listIncidents, listReconciliations } from '../../client/api.ts';
import { Refused } from '../../client/refused.ts';
import { Unreachable } from '../../client/unreachable.ts';
import type { Context } from '../context.ts';
import { inTurns } from '../in-turns.ts';
import { allPages } from '../pages.ts';
import { printable } from '../sheet/printable.ts';
import { isAffected } from '../words/impact.ts';
import { newsOf, type Told } from './news.ts';

export type Watching = { readonly everyMs: number; readonly untilWell: boolean };

type Seen = { readonly told: Told; readonly open: ReadonlySet<string>; readonly isWell: boolean };

/** The incidents that are open now, and the incidents that were open at the last look: how these ended is not told yet. */
const look = async ({ sending, surroundings }: Context, { told, open }: Omit<Seen, 'isWell'>): Promise<Seen> => {
  const now = (await allPages(await listIncidents({ open: true }, sending), sending)).value.map(({ id }) => id);
  const ids = [...new Set([...open, ...now])].toSorted();
  const news = newsOf(await inTurns(ids, (id) => getIncident(id, sending)), told);
  for (const line of news.lines) surroundings.out(printable(line));
  const { value } = await listReconciliations({}, sending);
  return { told: news.told, open: new Set(now), isWell: now.length === 0 && !value.some(isAffected) };
};

const isPassing = (error: unknown): boolean =>
  error instanceof Unreachable || (error instanceof Refused && error.status >= 500);

/**
 * Prints moments as they come, until it is stopped, or until everything is healthy with that option. An app that does not answer
 * is asked again later: a restart of the app must not end the watch over an incident. Returns whether everything was healthy at
 * the end.
 */
export const watch = async (context: Context, { everyMs, untilWell }: Watching): Promise<boolean> => {
  const { stop, sleep, say } = context.surroundings;
  let seen: Seen = { told: new Map(), open: new Set(), isWell: false };
  let isFirst = true;
  while (!stop.aborted) {
    try {
      seen = await look(context, seen);
    } catch (error) {
      if (isFirst || !isPassing(error)) throw error;
      say(printable((error as Error).message));
    }
    isFirst = false;
    if (untilWell && seen.isWell) break;
    await sleep(everyMs);
  }
  return seen.isWell;
};
