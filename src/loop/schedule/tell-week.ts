import type { Guardian } from '../guardian.ts';
import { PRODUCT_CHAIN } from '../record.ts';
import { readWeek } from './week-facts.ts';
import { weekSentences, weekTitle, wouldHaveSentences } from './week-sentences.ts';

const BEAT = 'summary';
/** After a long silence a summary is of the last of it alone. */
const LONGEST_MS = 31 * 86_400_000;

/** One of all who do so at the same time begins, or goes on, to count: then this is the last summary that was. */
const claim = ({ store, settings }: Guardian, now: Date): Promise<boolean> =>
  store.beats.claim(
    BEAT,
    { at: now.toISOString(), since: now.toISOString() },
    ({ at }) => settings.summarySchedule.nextDue(new Date(at)) <= now,
  );

const tell = async (guardian: Guardian, last: string, now: Date): Promise<void> => {
  const from = new Date(Math.max(Date.parse(last), now.getTime() - LONGEST_MS));
  const week = await readWeek(guardian, { from, to: now });
  // Claimed before it is told: what fails in between is told once too little, not again and again.
  if (!(await claim(guardian, now))) return;
  const [title, what, does] = [weekTitle(week), weekSentences(week), wouldHaveSentences(week)];
  await guardian.notify({
    keyId: PRODUCT_CHAIN,
    verdict: 'summary',
    at: now.toISOString(),
    sentences: [title, ...what, ...does],
    about: { what, harmed: [], alsoHarmed: 0, does, commands: [], runbooks: [], owners: [], touches: [] },
  });
};

/**
 * Tells, once whenever it is due, how the time since the last summary was. Whoever installs the product counts from then on. It is asked
 * at the end of each sweep and probe, and costs nothing until it may be due.
 */
export const openTellWeek = (guardian: Guardian): (() => Promise<void>) => {
  let due = 0;
  return async () => {
    const now = new Date();
    if (now.getTime() < due) return;
    const { summary: last } = await guardian.store.beats.read();
    const { nextDue } = guardian.settings.summarySchedule;
    if (last === undefined) await claim(guardian, now);
    else if (nextDue(new Date(last.at)) <= now) await tell(guardian, last.at, now);
    due = nextDue(now).getTime();
  };
};
