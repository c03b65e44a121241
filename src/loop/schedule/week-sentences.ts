import { parseKeyId, vaultName } from '../../remediation/model/key-ref.ts';
import { profileOf } from '../../remediation/model/profiles.ts';
import type { CauseFigures, Spread } from '../../remediation/protocol/incident-figures.ts';
import type { WeekFacts } from './week-facts.ts';

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** `90 s`, `12 min`, `3 h`: short, so that people can compare durations at a glance. */
const lasting = (seconds: number): string => {
  if (seconds < 120) return `${Math.round(seconds)} s`;
  return seconds < 7_200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3_600)} h`;
};

const spread = (what: string, of: Spread | undefined): string => {
  if (of === undefined) return '';
  const slow = of.count > 1 ? `, at p95 ${lasting(of.p95)}` : '';
  return `, ${what} after ${lasting(of.p50)}${slow}`;
};

/** `keyExpired` becomes `key expired`, as people search for it in the run-books. */
const spoken = (code: string): string => code.replaceAll(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);

const causeSentence = ({ cause, incidents, toDetect, toHeal }: CauseFigures): string =>
  `${spoken(cause)}: ${incidents}${spread('seen', toDetect)}${spread('healed', toHeal)}.`;

/**
 * The most causes that are named. A channel takes ten sentences: if somebody breaks one consumer in many ways, the
 * causes must not push out the sentences on what waits and what cannot be seen.
 */
const MOST_CAUSES = 3;

const causeSentences = (causes: readonly CauseFigures[]): readonly string[] => {
  const others = causes.slice(MOST_CAUSES);
  const sum = others.reduce((all, { incidents }) => all + incidents, 0);
  return [
    ...causes.slice(0, MOST_CAUSES).map(causeSentence),
    ...(sum > 0 ? [`${counted(others.length, 'other cause')}: ${sum}. cmk-guardian history tells each.`] : []),
  ];
};

const incidentSentences = ({ incidents }: WeekFacts): readonly string[] => {
  const { opened, open, openBefore, measured, causes } = incidents;
  const before = openBefore === 0 ? '' : ` ${openBefore} of before ${openBefore === 1 ? 'is' : 'are'} not over.`;
  if (opened === 0) return [`No incident was opened.${before}`];
  const over = open === 0 ? 'all are over' : `${open} not over`;
  const newest = measured < opened ? ` What is said of causes is of the newest ${measured}.` : '';
  return [
    `${counted(opened, 'incident')} ${opened === 1 ? 'was' : 'were'} opened, ${over}.${before}${newest}`,
    ...causeSentences(causes),
  ];
};

const guardedSentence = ({ estate: { consumers, consumersByKind, keys, vaults } }: WeekFacts): string => {
  const kinds = Object.entries(consumersByKind).map(([kind, count]) => counted(count, profileOf(kind).noun));
  const of = kinds.length > 0 ? ` (${kinds.join(', ')})` : '';
  return `Guarded: ${counted(consumers, 'consumer')}${of} by ${counted(keys, 'key')} in ${counted(vaults, 'vault')}.`;
};

const waitingSentences = ({ estate: { verdicts } }: WeekFacts): readonly string[] => {
  const { asked, reported } = verdicts;
  return [
    ...(asked > 0
      ? [`${counted(asked, 'key')} ${asked === 1 ? 'waits' : 'wait'} for a yes or a no of an approver.`]
      : []),
    ...(reported > 0
      ? [`Of ${counted(reported, 'key')} a person must see to something that the product does not do.`]
      : []),
  ];
};

const keyName = (kid: string): string => {
  const parsed = parseKeyId(kid);
  return parsed === undefined ? kid : `${vaultName(parsed.key)}/${parsed.key.name}`;
};

const expirySentence = ({ expiry: { within, next } }: WeekFacts): string => {
  if (next.length === 0) return `No key version in use expires within ${within.at(-1)?.days} days.`;
  const counts = within.map(({ days, count }) => `${count} within ${days} days`).join(', ');
  const named = next.map(({ kid, expiresOn }) => `${keyName(kid)} on ${expiresOn.slice(0, 10)}`).join(', ');
  return `Key versions in use that expire: ${counts}. Next: ${named}.`;
};

const blindSentences = ({ estate: { verdicts }, coverage }: WeekFacts): readonly string[] => {
  const unseen = verdicts.unseen + verdicts.notYetAssessed;
  return [
    ...(unseen > 0 ? [`${counted(unseen, 'key')} cannot be seen now, or was not looked at yet.`] : []),
    ...(coverage === undefined
      ? ['What it cannot see or repair is not known: no posture report was made yet.']
      : coverage.gaps > 0
        ? [
            `${counted(coverage.gaps, 'gap')} in what it can see and repair, by the report of ${coverage.at}: cmk-guardian coverage --gaps names each with its command.`,
          ]
        : [`It can see and repair all that it guards, by the report of ${coverage.at}.`]),
    ...(coverage !== undefined && coverage.unreadable > 0
      ? [`That report could not read ${counted(coverage.unreadable, 'thing')}.`]
      : []),
  ];
};

/** The title comes first: the week, and the worst fact in it. */
export const weekTitle = ({ from, to, incidents: { opened, open, openBefore } }: WeekFacts): string => {
  const incidents = [
    opened === 0 ? 'no incident' : counted(opened, 'incident'),
    ...(open > 0 ? [`${open} not over`] : []),
    ...(openBefore > 0 ? [`${openBefore} of before not over`] : []),
  ];
  return `The week from ${from.toISOString().slice(0, 10)} to ${to.toISOString().slice(0, 10)}: ${incidents.join(', ')}`;
};

/** Sorted by importance for people: a channel takes the first ten. */
export const weekSentences = (week: WeekFacts): readonly string[] => [
  ...incidentSentences(week),
  ...waitingSentences(week),
  ...blindSentences(week),
  expirySentence(week),
  guardedSentence(week),
];

/** Sentences on what mode auto would have done; empty in mode auto. */
export const wouldHaveSentences = ({ mode, wouldHave }: WeekFacts): readonly string[] => {
  if (wouldHave === undefined) return [];
  const { run, asked, isAll } = wouldHave;
  if (run + asked === 0) return [`The mode is ${mode}. In mode auto it would have done nothing more.`];
  const least = isAll ? '' : 'at least ';
  return [
    `The mode is ${mode}. In mode auto it would have done ${least}${counted(run, 'step')} by itself, and asked for ${least}${asked}: cmk-guardian would-have tells each.`,
  ];
};
