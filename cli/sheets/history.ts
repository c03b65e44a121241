import type { GetHistory200 } from '../../client/api.ts';
import { type Block, heading, type Sheet, table, tableOf, text } from '../sheet/sheet.ts';
import { faultIn } from '../words/as-page.ts';
import { counted } from '../words/counted.ts';
import { nameAt } from '../words/names.ts';
import { day, lasting } from '../words/times.ts';

type Cause = GetHistory200['causes'][number];
type Line = GetHistory200['value'][number];
type Spread = Cause['toDetect'];

const inSeconds = (count: number | undefined): string => (count === undefined ? '' : lasting(count * 1_000));

const spread = (of: Spread): string => (of === undefined ? '' : `${inSeconds(of.p50)}, ${inSeconds(of.p95)}`);

const causeBlocks = ({ causes }: GetHistory200): readonly Block[] => {
  if (causes.length === 0) return [];
  const { columns, rows } = tableOf<Cause>(
    {
      cause: ({ cause }) => faultIn(cause),
      incidents: ({ incidents }) => incidents,
      'detected after': ({ toDetect }) => spread(toDetect),
      'healed after': ({ toHeal }) => spread(toHeal),
    },
    causes,
  );
  return [heading('By cause (the middle, and the slowest of twenty: p50, p95)'), table(columns, rows)];
};

const weekBlocks = ({ weeks }: GetHistory200): readonly Block[] => {
  const { columns, rows } = tableOf<GetHistory200['weeks'][number]>(
    { 'week of': ({ monday }) => monday, incidents: ({ opened }) => opened },
    weeks,
  );
  return [heading('Incidents a week'), table(columns, rows)];
};

const first = ({ from, to, incidents: { opened, open, measured } }: GetHistory200): string => {
  const stillOpen = open > 0 ? `, ${open} not over` : '';
  const newest =
    measured < opened ? ` The figures are of the newest ${measured}: move --from and --to for others.` : '';
  return `${counted(opened, 'incident')} from ${day(from)} to ${day(to)}${stillOpen}.${newest}`;
};

/** The past incidents in numbers. */
export const historySheet = (answer: GetHistory200): Sheet => ({
  isWell: answer.incidents.open === 0,
  answer,
  blocks: [text(first(answer)), ...(answer.value.length > 0 ? [...causeBlocks(answer), ...weekBlocks(answer)] : [])],
  records: tableOf<Line>(
    {
      id: ({ id }) => id,
      key: ({ key }) => key,
      name: ({ key }) => nameAt(key),
      openedAt: ({ openedAt }) => openedAt,
      closedAt: ({ closedAt }) => closedAt,
      cause: ({ cause }) => cause,
      toDetect: ({ seconds }) => seconds.toDetect,
      toHeal: ({ seconds }) => seconds.toHeal,
      minutesDown: ({ minutesDown }) => minutesDown.reduce((sum, one) => sum + one, 0),
      isRepaired: ({ isRepaired }) => String(isRepaired),
    },
    answer.value,
  ),
});
