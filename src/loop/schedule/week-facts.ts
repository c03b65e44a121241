import { figuresByCause } from '../../remediation/protocol/incident-figures.ts';
import type { Guardian } from '../guardian.ts';
import { countEstate } from '../memory/estate.ts';
import { readExpiringInUse } from '../memory/expiring-in-use.ts';
import { readIncidentHistory } from '../reconcile/incident-history.ts';
import { readWouldHave } from '../reconcile/would-have.ts';

/** The most incidents that the figures by cause cover, and the most decisions of mode auto that are counted. */
const MOST_MEASURED = 500;
const MOST_DECISIONS = 500;

const DAY_MS = 86_400_000;
/** Expiries are counted for so many days ahead. */
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

/** The coming expiries. A version that has expired already is an incident, or belongs to a key that nobody uses. */
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

/**
 * What mode auto would have done beyond the steps that were done; `undefined` in mode auto. `isAll`: whether every
 * decision was counted.
 */
const wouldHaveIn = async (guardian: Pick<Guardian, 'store' | 'settings'>, { from, to }: SummarySpan) => {
  if (guardian.settings.policy.mode === 'auto') return undefined;
  const span = { from: from.getTime(), to: to.getTime() };
  const { entries, next } = await readWouldHave(guardian, span, MOST_DECISIONS, to);
  const steps = entries.flatMap(({ told }) => told?.steps ?? []);
  const count = (verdict: 'run' | 'ask'): number => steps.filter((step) => step.verdict === verdict).length;
  return { run: count('run'), asked: count('ask'), isAll: next === undefined };
};

/** The part of the last posture report on what the product cannot see or repair; `undefined` where there is no report. */
const coverageIn = async ({ store }: Pick<Guardian, 'store'>) => {
  const report = await store.postureReports.latest();
  if (report === undefined) return undefined;
  const { fail = 0, unknown = 0 } = report.tally['coverage'] ?? {};
  return { gaps: fail + unknown, unreadable: report.unreadable.length, at: report.finishedAt };
};

/** The facts of a week's summary, from storage only: Azure is not asked. */
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
