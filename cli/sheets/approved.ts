import { type Sheet, tableOf, text } from '../sheet/sheet.ts';
import { numberOf } from '../words/names.ts';
import { plain } from '../words/plain.ts';
import { exact } from '../words/times.ts';

type Answered = { readonly planId: string; readonly status: number; readonly answer: unknown };

type Said = { readonly expires?: string; readonly detail?: string; readonly held?: readonly string[] };

const isYes = ({ status }: Answered): boolean => status === 202;

const sentenceOf = (one: Answered): string => {
  const { expires, detail, held = [] } = one.answer as Said;
  if (isYes(one))
    return `Plan ${numberOf(one.planId)} is approved${expires ? `, until ${exact(expires)}` : ''}. ${
      held.length === 0
        ? 'The key is looked at.'
        : `What is forbidden or cannot be done is left out now, and counts as approved once that is over: ${held.map(plain).join(' ')}`
    }`;
  return `Plan ${numberOf(one.planId)} is not approved: ${detail ?? one.status}`;
};

/** The result of each approval. */
export const approvedSheet = (answers: readonly Answered[]): Sheet => ({
  isWell: answers.every(isYes),
  answer: answers,
  blocks: answers.map((one) => text(sentenceOf(one))),
  records: tableOf<Answered>(
    { plan: ({ planId }) => planId, status: ({ status }) => status, says: sentenceOf },
    answers,
  ),
});
