import { inForce } from '../remediation/model/in-force.ts';
import type { DoNotHeal, Pause } from '../store/orders.ts';
import { type DoorAnswer, refusal } from './door.ts';

/**
 * The most pauses of everything, and the most pauses of scopes together with do-not-heal records. Every look at a key reads all
 * of them: a holder of a key who gives thousands would slow down repairs. Pauses of everything have their own bound, so that
 * other orders can never prevent one: beyond the bound everything is paused already.
 */
export const MOST_ORDERS = 500;

type Given = Pick<Pause, 'by' | 'why' | 'until' | 'scope'> & { readonly target?: string };

const isSame = (one: Given, other: Given): boolean =>
  (['by', 'why', 'until', 'scope', 'target'] as const).every((field) => one[field] === other[field]);

type Standing = { readonly pauses: readonly Pause[]; readonly doNotHeal: readonly DoNotHeal[] };

/** The orders that share a bound with this order: the pauses of everything, or all narrower orders. */
const beside = ({ pauses, doNotHeal }: Standing, order: Given): readonly Given[] =>
  order.target === undefined && order.scope === undefined
    ? pauses.filter(({ scope }) => scope === undefined)
    : [...pauses.filter(({ scope }) => scope !== undefined), ...doNotHeal];

/** Refuses an order where too many are in force. An order that exists already in the same words adds none. */
export const tooMany = (standing: Standing, order: Given): DoorAnswer | undefined => {
  const others = beside(standing, order).filter((one) => inForce(one.until, new Date()));
  if (others.length < MOST_ORDERS || others.some((one) => isSame(one, order))) return undefined;
  return refusal(
    409,
    'TooManyOrders',
    `${others.length} orders are in force, and no more are taken: every look at a key reads them. GET /api/orders lists them; lift what nobody needs, or give one for a resource group or a subscription instead.`,
  );
};
