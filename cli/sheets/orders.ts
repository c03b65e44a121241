import type { GetOrders200 } from '../../client/api.ts';
import { type Sheet, table, tableOf, text } from '../sheet/sheet.ts';
import { exact } from '../words/times.ts';

type Order = {
  readonly what: string;
  readonly target: string;
  readonly by: string;
  readonly why: string;
  readonly until?: string;
};

const allOf = ({ pauses, doNotHeal }: GetOrders200): readonly Order[] => [
  ...pauses.map((one) => ({ ...one, what: 'pause', target: one.scope ?? 'everything' })),
  ...doNotHeal.map((one) => ({ ...one, what: 'do not heal' })),
];

/** What people have ordered and is in force. That something is held back on purpose is no fault. */
export const ordersSheet = (answer: GetOrders200): Sheet => {
  const orders = tableOf<Order>(
    {
      what: ({ what }) => what,
      target: ({ target }) => target,
      until: ({ until }) => (until ? exact(until) : 'it is lifted'),
      why: ({ why }) => why,
      by: ({ by }) => by,
    },
    allOf(answer),
  );
  return {
    isWell: true,
    answer,
    blocks:
      orders.rows.length === 0 ? [text('Nothing is held back by a person.')] : [table(orders.columns, orders.rows)],
    records: orders,
  };
};
