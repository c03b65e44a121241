import { enteredIn, provenIn } from '../../remediation/protocol/believe.ts';
import type { Followed } from '../../remediation/protocol/followed.ts';
import { answersIn, type MissingAnswer } from '../../remediation/protocol/missing-answers.ts';
import type { Guardian } from '../guardian.ts';
import { PRODUCT_CHAIN } from '../record.ts';

/**
 * People's answers about missing subscriptions, as far as the product's chain is proven: a row in a table alone lets no
 * subscription go. Two calls, and none where there was no question.
 */
export const readMissingAnswers = async (
  { store }: Pick<Guardian, 'store'>,
  { subscriptions }: Followed,
): Promise<readonly MissingAnswer[]> => {
  if (!subscriptions.some(({ missing }) => missing?.asked)) return [];
  const believed = await store.ledger.believe(PRODUCT_CHAIN);
  return answersIn(enteredIn(believed), provenIn(believed));
};
