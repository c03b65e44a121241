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

/** What the product does or waits for, in a few words; of a question, the number by which it is answered. */
export const nextIn = ({ nextAction, plan }: Line): string =>
  nextAction.kind === 'asks' && plan ? `waits for an answer to plan ${numberOf(plan.id)}` : WORDS[nextAction.kind];
