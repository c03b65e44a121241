import type { GetWouldHave200 } from '../../client/api.ts';
import { type Block, facts, heading, type Sheet, table, tableOf, text } from '../sheet/sheet.ts';
import { stepIn } from '../words/as-page.ts';
import { nameAt } from '../words/names.ts';
import { plain } from '../words/plain.ts';
import { day, exact, lasting } from '../words/times.ts';

type Day = GetWouldHave200['value'][number];
type Entry = Day['entries'][number];

const minutes = (count: number): string => lasting(count * 60_000);

const WORDS = { run: 'would have run', ask: 'would have asked', report: 'would have told' } as const;

const followedIn = ({ followed, healthyAt }: Entry): string => {
  const down = followed.map(
    ({ consumerId, minutesDown, isDownNow }) =>
      `${nameAt(consumerId)} was down for ${minutes(minutesDown)}${isDownNow ? ' and is down now' : ''}`,
  );
  return [...down, ...(healthyAt ? [`healthy ${exact(healthyAt)}`] : [])].join(', ');
};

const entryBlocks = (entry: Entry): readonly Block[] => [
  heading(`${exact(entry.at)} ${nameAt(entry.key)}, in mode ${entry.mode}: ${entry.decided}`),
  facts([
    ...entry.steps.map(
      ({ verdict, sentence, why = '' }) => [WORDS[verdict], plain(`${sentence} ${why}`.trim())] as const,
    ),
    ['followed', followedIn(entry)],
  ]),
];

const first = ({ value, from, to, mode }: GetWouldHave200): string => {
  const time = `from ${day(from)} to ${day(to)}`;
  if (value.length > 0) return `What mode auto would have done ${time}; the mode is ${mode}.`;
  return mode === 'auto'
    ? `The mode is auto, and no other held it back ${time}. What it did: cmk-guardian incident.`
    : `Mode auto would have done nothing more than mode ${mode} ${time}.`;
};

/** The steps that mode auto would have done, for an app in another mode. */
export const wouldHaveSheet = (answer: GetWouldHave200): Sheet => {
  const { value, missingInLedger = [] } = answer;
  const days = tableOf<Day>(
    {
      day: (one) => one.day,
      'would have run': ({ wouldHaveRun }) => wouldHaveRun,
      'would have asked': ({ wouldHaveAsked }) => wouldHaveAsked,
      'down after it': ({ minutesDownAfter }) => minutes(minutesDownAfter),
    },
    value,
  );
  return {
    isWell: missingInLedger.length === 0,
    answer,
    blocks: [
      text(first(answer)),
      ...(missingInLedger.length > 0 ? [text(`The ledger does not know of: ${missingInLedger.join(', ')}`)] : []),
      ...(value.length > 0 ? [text(''), table(days.columns, days.rows)] : []),
      ...value.flatMap(({ entries }) => entries.flatMap(entryBlocks)),
    ],
    records: tableOf<{ readonly entry: Entry; readonly step: Entry['steps'][number] }>(
      {
        at: ({ entry }) => entry.at,
        key: ({ entry }) => entry.key,
        mode: ({ entry }) => entry.mode,
        decided: ({ entry }) => entry.decided,
        step: ({ step }) => stepIn(step.step, step.target),
        target: ({ step }) => step.target,
        verdict: ({ step }) => step.verdict,
        why: ({ step }) => step.why,
        followed: ({ entry }) => followedIn(entry),
        incident: ({ entry }) => entry.incident,
      },
      value.flatMap(({ entries }) => entries.flatMap((entry) => entry.steps.map((step) => ({ entry, step })))),
    ),
  };
};
