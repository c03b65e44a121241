import { readMissingAnswers } from '../loop/memory/missing-answers.ts';
import type { KnownSubscription } from '../remediation/protocol/followed.ts';
import { answerTo, type MissingAnswer } from '../remediation/protocol/missing-answers.ts';
import type { QueryOf } from './contract/contract.ts';
import type { Door } from './door.ts';

const asLine = (
  { id, name, managementGroups, foundAt, seenAt, missing }: KnownSubscription,
  answers: readonly MissingAnswer[],
) => {
  const line = { id: `/subscriptions/${id}`, ...(name !== undefined && { name }), managementGroups, foundAt, seenAt };
  if (missing === undefined) return line;
  const { since, last, asked = false } = missing;
  const said = answerTo(answers, id, since);
  const answer = said && { answer: said.answer, by: said.by, at: said.at, why: said.why };
  return { ...line, missing: { since, last, asked, ...(answer && { answer }) } };
};

/**
 * GET: the subscriptions that were found below management groups, as the last sweep has left them. One call, and three where a
 * person is asked of one that is missing.
 */
export const listSubscriptions: Door<QueryOf<'list-subscriptions'>> = async ({ query }, guardian) => {
  const { followed } = await guardian.store.followed.read();
  const answers = await readMissingAnswers(guardian, followed);
  const meant = followed.subscriptions.filter(
    ({ missing }) => query.missing === undefined || query.missing === (missing !== undefined),
  );
  return {
    status: 200,
    body: { value: meant.map((one) => asLine(one, answers)), unread: guardian.settings.reach().unread },
  };
};
