import type { GetHealth200, GetOverrides200, GetSummary200, ListReconciliations200 } from '../../client/api.ts';
import { type Block, command, type Sheet, table, text } from '../sheet/sheet.ts';
import { countedAs, nothingFound, pausedIn } from '../words/as-page.ts';
import { counted } from '../words/counted.ts';
import { isAffected } from '../words/impact.ts';
import { numberOf } from '../words/names.ts';
import { exact, lasting } from '../words/times.ts';
import { type Line, linesRecords, linesTable } from './lines.ts';
import { type Followed, isOpen } from './subscriptions.ts';

export type Standing = {
  readonly health: Pick<GetHealth200, 'status' | 'why'>;
  readonly summary: GetSummary200;
  readonly lines: ListReconciliations200;
  readonly overrides: GetOverrides200;
  /** The subscriptions that are missing below their management groups. */
  readonly missing: readonly Followed[];
};

const consumersWith = (lines: readonly Line[], kind: Line['impact']['kind']): number =>
  new Set(lines.filter(({ impact }) => impact.kind === kind).map(({ consumer, key }) => consumer?.id ?? key)).size;

const isAre = (count: number): string => (count === 1 ? 'is' : 'are');

/** The plans that wait for an answer, each once. */
export const plansAsked = (lines: readonly Line[]): readonly string[] => [
  ...new Set(lines.flatMap(({ nextAction, plan }) => (nextAction.kind === 'asks' && plan ? [plan.id] : []))),
];

/** When the lock-out of each consumer was due that may be locked out by now, the earliest first; of that the app knows no more. */
const overdueAt = (lines: readonly Line[], now: string): readonly string[] => {
  const due = lines.flatMap(({ impact, consumer, key }) =>
    impact.kind === 'losesKey' && Date.parse(impact.by) < Date.parse(now)
      ? [{ id: consumer?.id ?? key, by: impact.by }]
      : [],
  );
  const earliestFirst = due.toSorted((one, other) => Date.parse(one.by) - Date.parse(other.by));
  return [...Map.groupBy(earliestFirst, ({ id }) => id).values()].flatMap(([first]) => (first ? [first.by] : []));
};

/** One sentence that says whether anything is wrong. `now`: by the clock of the app. */
const headline = (lines: readonly Line[], now: string): string => {
  const down = consumersWith(lines, 'down');
  const overdue = overdueAt(lines, now);
  const [first] = overdue;
  const losing = consumersWith(lines, 'losesKey') - overdue.length;
  const unseen = consumersWith(lines, 'unclear');
  const weakened = consumersWith(lines, 'weakened');
  const asked = plansAsked(lines).length;
  const parts = [
    ...(down > 0 ? [countedAs('down', down)] : []),
    ...(first === undefined ? [] : [`${countedAs('overdue', overdue.length)} (since ${exact(first)})`]),
    ...(losing > 0 ? [countedAs('threatened', losing)] : []),
    ...(weakened > 0 ? [`${weakened} ${isAre(weakened)} weakened`] : []),
    ...(unseen > 0 ? [`${unseen} cannot be seen`] : []),
    ...(asked > 0 ? [countedAs('answers', asked)] : []),
  ];
  if (parts.length > 0) return `${parts.join(', ')}.`;
  return lines.some(isAffected)
    ? 'Not everything could be looked at.'
    : 'Everything that was looked at can use its key.';
};

const ILL = {
  timersStand: 'Its timers stand still: nobody looks by himself.',
  blind: 'It cannot look at Azure.',
  noStorage: 'It cannot use its storage.',
} as const;

const illness = ({ status, why }: Standing['health']): readonly Block[] =>
  status === 'well' ? [] : [text(`The product itself is not well. ${why ?? ILL[status]}`)];

/** The number of keys and consumers in the last look, and its time. */
const lookedAt = ({ mode, consumers, keys, verdicts, sweep }: GetSummary200): Block => {
  const last = sweep.ended ?? sweep.began;
  const seen = keys - verdicts.unseen - verdicts.notYetAssessed;
  const when = last ? `looked at ${lasting(last.ageSeconds * 1000)} ago` : 'not looked at yet';
  return text(
    `Mode ${mode}. ${counted(consumers, 'consumer')} and ${counted(keys, 'key')}, ${seen} of ${keys} seen, ${when}.`,
  );
};

const whatIsPaused = (overrides: GetOverrides200): readonly Block[] => {
  const paused = pausedIn(overrides);
  return paused === undefined ? [] : [text(`${paused}. cmk-guardian overrides tells more.`)];
};

const answers = (lines: readonly Line[]): readonly Block[] =>
  plansAsked(lines).map((planId) => command(`cmk-guardian approve ${numberOf(planId)}`));

/** Where to read of the first of these lines: in a long table the others mostly have the same reason. */
const toRead = (first: Line | undefined, what: string): readonly Block[] =>
  first ? [text(''), text(what), command(`cmk-guardian explain ${first.key}`)] : [];

const whyHeld = (lines: readonly Line[]): readonly Block[] =>
  toRead(
    lines.find(({ nextAction }) => nextAction.kind === 'held'),
    'Why it is held back, and what lets it go on:',
  );

const whatToDo = (lines: readonly Line[]): readonly Block[] =>
  toRead(
    lines.find(({ nextAction }) => nextAction.kind === 'person' || nextAction.kind === 'cannotSee'),
    'What a person has to do:',
  );

/** What lies in a missing subscription mostly cannot be seen either: without this nobody would look for the reason there. */
const whetherTheyMayGo = (open: number): readonly Block[] =>
  open === 0
    ? []
    : [
        text(''),
        text(
          `${counted(open, 'subscription')} ${isAre(open)} missing, and a person is asked whether ${open === 1 ? 'it' : 'they'} may go:`,
        ),
        command('cmk-guardian subscriptions --missing'),
      ];

/** The faults of now. */
export const statusSheet = ({ health, summary, overrides, lines, missing }: Standing): Sheet => {
  const { value, now } = lines;
  const asked = answers(value);
  const open = missing.filter(isOpen).length;
  return {
    isWell: health.status === 'well' && !value.some(isAffected) && open === 0,
    answer: { health, summary, overrides, ...lines, missing },
    blocks: [
      text(summary.keys === 0 ? nothingFound : headline(value, now)),
      ...illness(health),
      lookedAt(summary),
      ...whatIsPaused(overrides),
      ...(value.length > 0 ? [text(''), table(linesTable(value, now).columns, linesTable(value, now).rows)] : []),
      ...(asked.length > 0 ? [text(''), text('What is asked, each is shown before it is answered:'), ...asked] : []),
      ...whyHeld(value),
      ...whatToDo(value),
      ...whetherTheyMayGo(open),
    ],
    records: linesRecords(value),
  };
};
