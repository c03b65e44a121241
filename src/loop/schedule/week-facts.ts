import { figuresByCause } from '../../remediation/protocol/incident-figures.ts';
import type { Guardian } from '../guardian.ts';
import { countEstate } from '../memory/estate.ts';
import { readExpiringInUse } from '../memory/expiring-in-use.ts';
import { readIncidentHistory } from '../reconcile/incident-history.ts';
import { readWouldHave } from '../reconcile/would-have.ts';

/** What the figures by cause are of, at most; and so many decisions of mode auto are counted. */
const MOST_MEASURED = 500;
const MOST_DECISIONS = 500;

const DAY_MS = 86_400_000;
/** For how many days ahead it is counted what expires. */
const AHEAD = [30, 60, 90] as const;
const FURTHEST = Math.max(...AHEAD);

export type SummarySpan = { readonly from: Date; readonly to: Date };

const incidentsIn = async (guardian: Pick<Guardian, 'store'>, { from, to }: SummarySpan) => {
  const span = { from: from.getTime(), to: to.getTime(), most: MOST_MEASURED };
  const { opened, measured, openBefore } = await readIncidentHistory(guardian, span, to);
  return {
    opened: opened.length,
    open: opened.filter(({ closedAt }) => closedAt === undefined).length,
    openBefore: openBefore.length,
    measured: measured.length,
    causes: figuresByCause(measured),
  };
};

/** What expires from now on; what has expired is an incident, or nobody's key. */
const expiryIn = async ({ store, settings }: Pick<Guardian, 'store' | 'settings'>, now: Date) => {
  const until = new Date(now.getTime() + FURTHEST * DAY_MS).toISOString();
  const all = await readExpiringInUse(store, { until }, settings.policy.doNotHealTag, now);
  const dates = all.map(({ facts: { kid, expiresOn } }) => ({ kid, at: Date.parse(expiresOn) }));
  const ahead = dates.filter(({ at }) => at > now.getTime()).toSorted((one, other) => one.at - other.at);
  return {
    within: AHEAD.map((days) => ({
      days,
      count: ahead.filter(({ at }) => at <= now.getTime() + days * DAY_MS).length,
    })),
    next: ahead.slice(0, 3).map(({ kid, at }) => ({ kid, expiresOn: new Date(at).toISOString() })),
  };
};

/** What mode auto would have done beyond what was done; `undefined` in that mode. `isAll`: whether all of it was counted. */
const wouldHaveIn = async (guardian: Pick<Guardian, 'store' | 'settings'>, { from, to }: SummarySpan) => {
  if (guardian.settings.policy.mode === 'auto') return undefined;
  const span = { from: from.getTime(), to: to.getTime() };
  const { entries, next } = await readWouldHave(guardian, span, MOST_DECISIONS, to);
  const steps = entries.flatMap(({ told }) => told?.steps ?? []);
  const count = (verdict: 'run' | 'ask'): number => steps.filter((step) => step.verdict === verdict).length;
  return { run: count('run'), asked: count('ask'), isAll: next === undefined };
};

/** What the last posture report says of what cannot be seen or repaired; `undefined` where none was made. */
const coverageIn = async ({ store }: Pick<Guardian, 'store'>) => {
  const report = await store.postureReports.latest();
  if (report === undefined) return undefined;
  const { fail = 0, unknown = 0 } = report.tally['coverage'] ?? {};
  return { gaps: fail + unknown, unreadable: report.unreadable.length, at: report.finishedAt };
};

/** What a week's summary tells, by what is kept: nothing of Azure is asked. */
export const readWeek = async (guardian: Pick<Guardian, 'store' | 'settings'>, week: SummarySpan) => {
  const [incidents, expiry, wouldHave, coverage, estate] = await Promise.all([
    incidentsIn(guardian, week),
    expiryIn(guardian, week.to),
    wouldHaveIn(guardian, week),
    coverageIn(guardian),
    countEstate(guardian),
  ]);
  return { ...week, mode: guardian.settings.policy.mode, incidents, expiry, wouldHave, coverage, estate };
};

export type WeekFacts = Awaited<ReturnType<typeof readWeek>>;
