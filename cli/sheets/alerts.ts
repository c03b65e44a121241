import type { GetQuarantined200, ListQuarantine200, ListQuarantine200ValueItem } from '../../client/api.ts';
import { facts, type Sheet, table, tableOf, text } from '../sheet/sheet.ts';
import { exact } from '../words/times.ts';

type Held = ListQuarantine200ValueItem;

/** A test from the portal is kept as well, and is no fault. */
const isFault = ({ isTest }: Pick<Held, 'isTest'>): boolean => isTest !== true;

const kindOf = ({ isTest, state }: Pick<Held, 'isTest' | 'state'>): string => (isTest ? 'test' : state);

/** The alerts that nobody understood. */
export const alertsSheet = (answer: ListQuarantine200): Sheet => {
  const records = tableOf<Held>(
    { id: ({ id }) => id, at: ({ at }) => exact(at), kind: kindOf, rule: ({ rule }) => rule, why: ({ why }) => why },
    answer.value,
  );
  return {
    isWell: !answer.value.some(isFault),
    answer,
    blocks: [records.rows.length === 0 ? text('Every alert was understood.') : table(records.columns, records.rows)],
    records,
  };
};

/** One of them, with all that was sent. */
export const alertSheet = (held: GetQuarantined200): Sheet => ({
  isWell: !isFault(held),
  answer: held,
  blocks: [
    facts([
      ['id', held.id],
      ['at', exact(held.at)],
      ['kind', kindOf(held)],
      ['rule', held.rule],
      ['why', held.why],
    ]),
    text(''),
    text(held.cut ? 'What was sent, cut at the end:' : 'What was sent:'),
    text(held.text),
  ],
  records: tableOf<GetQuarantined200>(
    { id: ({ id }) => id, at: ({ at }) => at, why: ({ why }) => why, text: (one) => one.text },
    [held],
  ),
});
