import type { ListReconciliations200ValueItem } from '../../client/api.ts';
import { numberOf } from './names.ts';

type Line = Pick<ListReconciliations200ValueItem, 'nextAction' | 'plan'>;

const WORDS = {
  repairs: 'it is being healed',
  asks: 'waits for an answer',
  held: 'held back',
  looksAgain: 'is looked at again',
  person: 'waits for a person',
  cannotSee: 'cannot be seen',
  none: '',
} as const;

/**
 * The present action of the product, or the event for which it waits, in a few words; for a question, the number by which a
 * person answers it.
 */
export const nextIn = ({ nextAction, plan }: Line): string =>
  nextAction.kind === 'asks' && plan ? `waits for an answer to plan ${numberOf(plan.id)}` : WORDS[nextAction.kind];
