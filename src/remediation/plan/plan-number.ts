/** So many hex digits of a plan's id are told, and found again: a person reads them out. */
const DIGITS = 8;

/** The short number of a plan: the first digits of its id. Another plan has another number, or is named beside it. */
export const numberOf = (planId: string): string => planId.slice(0, DIGITS);

/** By which doors a person answers, in words. */
export const answerBy = (planId: string): string =>
  `POST /api/plans/${planId}/approval or /rejection, with the token of a person with the role Approver (GET /api/plans/${numberOf(planId)} shows it, and GET /api/keyed/plans/${numberOf(planId)} with a function key)`;
