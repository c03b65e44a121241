import { inForce } from '../remediation/model/in-force.ts';
import type { DoNotHeal, Pause } from '../store/orders.ts';
import { type DoorAnswer, refusal } from './door.ts';

/**
 * So many of each: of pauses of everything, and of those of scopes with the records that forbid repairs. Each is read with every look
 * at a key; a holder of a key who gives thousands would slow what heals. A pause of everything has a bound of its own, so that no
 * other order ever stands in its way: beyond it everything is paused already.
 */
export const MOST_ORDERS = 500;

type Given = Pick<Pause, 'by' | 'why' | 'until' | 'scope'> & { readonly target?: string };

const isSame = (one: Given, other: Given): boolean =>
  (['by', 'why', 'until', 'scope', 'target'] as const).every((field) => one[field] === other[field]);

type Standing = { readonly pauses: readonly Pause[]; readonly doNotHeal: readonly DoNotHeal[] };

/** Those that have no bound but this one together with the order: everything, or what is narrower. */
const beside = ({ pauses, doNotHeal }: Standing, order: Given): readonly Given[] =>
  order.target === undefined && order.scope === undefined
    ? pauses.filter(({ scope }) => scope === undefined)
    : [...pauses.filter(({ scope }) => scope !== undefined), ...doNotHeal];

/** Refuses an order where so many stand; who gives one again that stands already adds none. */
export const tooMany = (standing: Standing, order: Given): DoorAnswer | undefined => {
  const others = beside(standing, order).filter((one) => inForce(one.until, new Date()));
  if (others.length < MOST_ORDERS || others.some((one) => isSame(one, order))) return undefined;
  return refusal(
    409,
    'TooManyOrders',
    `${others.length} orders are in force, and no more are taken: every look at a key reads them. GET /api/orders lists them; lift what nobody needs, or give one for a resource group or a subscription instead.`,
  );
};
