import { Button } from '@fluentui/react-components';
import { useState } from 'react';
import type { GetOrders200 } from '../../../client/api.ts';
import { readOrders } from '../../api/readers.ts';
import { useRead } from '../../api/use-read.ts';
import { useWho } from '../../api/who.tsx';
import { keyLabel } from '../../model/names.ts';
import { Shown } from '../../parts/shown.tsx';
import { exactly, When } from '../../parts/when.tsx';
import { LiftSheet } from '../../sheets/lift.tsx';
import type { Order } from '../../sheets/order.tsx';
import { may } from '../../sign-in/signed-in.ts';
import { useWords } from '../../words/words-context.tsx';

type Ordered = {
  readonly order: Order;
  readonly target?: string;
  readonly by: string;
  readonly why: string;
  readonly until?: string;
};

const orderedOf = ({ pauses, doNotHeal }: GetOrders200): readonly Ordered[] => [
  ...pauses.map(({ scope, ...rest }) => ({
    order: 'pause' as const,
    ...(scope !== undefined && { target: scope }),
    ...rest,
  })),
  ...doNotHeal.map((one) => ({ order: 'doNotHeal' as const, ...one })),
];

const OrderOf = ({ one, onDone }: { readonly one: Ordered; readonly onDone: () => void }) => {
  const { say, language } = useWords();
  const who = useWho();
  const [isOpen, setOpen] = useState(false);
  const { order, target, by, why, until } = one;
  const what = target === undefined ? say('sheet.scope.all') : keyLabel(target);
  return (
    <li className="write">
      <p className="strong" title={target}>
        {say(order === 'pause' ? 'trust.paused' : 'trust.forbidden', { what })}
      </p>
      <p>{say('trust.orderBy', { by, why })}</p>
      <p className="quiet">
        {until === undefined ? (
          say('trust.noEnd')
        ) : (
          <>
            {say('trust.until', { when: exactly(until, language) })} (<When at={until} />)
          </>
        )}
      </p>
      {may(who, 'Approver') && (
        <div>
          <Button size="small" onClick={() => setOpen(true)}>
            {say('trust.lift')}
          </Button>
        </div>
      )}
      {isOpen && (
        <LiftSheet
          order={order}
          target={target}
          onClose={() => setOpen(false)}
          onDone={() => {
            setOpen(false);
            onDone();
          }}
        />
      )}
    </li>
  );
};

/** Pauses, and what is not healed: who has ordered it, why, and until when. */
export const Orders = () => {
  const { say } = useWords();
  const orders = useRead(readOrders, 60);
  return (
    <section className="part">
      <h2 className="heading">{say('trust.orders')}</h2>
      <Shown loaded={orders} rows={1} height={60}>
        {(value) => {
          const all = orderedOf(value);
          if (all.length === 0) return <p className="quiet">{say('trust.noOrders')}</p>;
          return (
            <ol className="writes">
              {all.slice(0, 100).map((one) => (
                <OrderOf key={`${one.order}${one.target}${one.by}${one.why}`} one={one} onDone={orders.again} />
              ))}
            </ol>
          );
        }}
      </Shown>
    </section>
  );
};
