/** How many hex digits of the id of a plan are shown and accepted: few enough to read out. */
const DIGITS = 8;

/** The short number of a plan: the first digits of its id. Where two plans share a number, the product names both. */
export const numberOf = (planId: string): string => planId.slice(0, DIGITS);

/** The routes by which a person answers a plan, in words. */
export const answerBy = (planId: string): string =>
  `POST /api/plans/${planId}/approval or /rejection, with the token of a person with the role Approver (GET /api/plans/${numberOf(planId)} shows it, and GET /api/keyed/plans/${numberOf(planId)} with a function key)`;
