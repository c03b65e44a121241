import type { ListSubscriptions200, ListSubscriptions200ValueItem } from '../../client/api.ts';
import { type Block, command, type Sheet, table, tableOf, text } from '../sheet/sheet.ts';
import { counted } from '../words/counted.ts';
import { exact } from '../words/times.ts';

export type Followed = ListSubscriptions200ValueItem;

const ANSWERED = { letGo: 'may go', keep: 'may not go' } as const;

const stateOf = ({ missing, seenAt }: Followed): string => {
  if (missing === undefined) return `there, ${exact(seenAt)}`;
  const { since, asked, answer } = missing;
  const said = answer && `${ANSWERED[answer.answer]}, says ${answer.by}: ${answer.why}`;
  return `missing since ${exact(since)}${asked ? `, ${said ?? 'asks whether it may go'}` : ''}`;
};

/** Subscriptions, each with its known facts. */
export const followedTable = (all: readonly Followed[]) =>
  tableOf<Followed>(
    {
      name: ({ name }) => name,
      subscription: ({ id }) => id,
      below: ({ managementGroups }) => managementGroups.join(', '),
      found: ({ foundAt }) => exact(foundAt),
      state: stateOf,
    },
    all,
  );

export const isOpen = ({ missing }: Followed): boolean => missing?.asked === true && missing.answer === undefined;

const questions = (open: number): readonly Block[] =>
  open === 0
    ? []
    : [
        text(`Of ${counted(open, 'subscription')} a person is asked whether ${open === 1 ? 'it' : 'they'} may go:`),
        command("cmk-guardian let-go --why '<why>'"),
        command("cmk-guardian keep --why '<why>'"),
      ];

/** The subscriptions below the management groups that the app follows. */
export const subscriptionsSheet = (answer: ListSubscriptions200): Sheet => {
  const records = followedTable(answer.value);
  const open = answer.value.filter(isOpen).length;
  const { unread } = answer;
  return {
    isWell: open === 0 && unread.length === 0,
    answer,
    blocks: [
      records.rows.length === 0 ? text('There is none.') : table(records.columns, records.rows),
      ...unread.map(({ id, reason }) => text(`${id}: ${reason}`)),
      ...questions(open),
    ],
    records,
  };
};
