import type { Guardian } from '../guardian.ts';
import { PRODUCT_CHAIN } from '../record.ts';
import { readWeek } from './week-facts.ts';
import { weekSentences, weekTitle, wouldHaveSentences } from './week-sentences.ts';

const BEAT = 'summary';
/** After a long silence the summary covers only this last part of it. */
const LONGEST_MS = 31 * 86_400_000;

/**
 * Claims the summary: of several workers at the same time one gets `true`. From then on the present time counts as that
 * of the last summary.
 */
const claim = ({ store, settings }: Guardian, now: Date): Promise<boolean> =>
  store.beats.claim(
    BEAT,
    { at: now.toISOString(), since: now.toISOString() },
    ({ at }) => settings.summarySchedule.nextDue(new Date(at)) <= now,
  );

const tell = async (guardian: Guardian, last: string, now: Date): Promise<void> => {
  const from = new Date(Math.max(Date.parse(last), now.getTime() - LONGEST_MS));
  const week = await readWeek(guardian, { from, to: now });
  // The summary is claimed before it is sent: a failure in between loses one summary, instead of repeating it again and
  // again.
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
 * Sends the summary of the time since the last one, once whenever it is due. The first period begins with the
 * installation. Called at the end of each sweep and probe; costs no call until the summary may be due.
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
