import { parseKeyId } from './key-ref.ts';
import type { Attempt, PolicyRecords } from './policy-types.ts';

/** The attempts of this incident that still count: a later request for the same step wants it tried again. */
export const standingAttempts = ({ attempts, requests }: PolicyRecords): readonly Attempt[] =>
  attempts.filter((attempt) => !requests.some((request) => asksAgain(request, attempt)));

const asksAgain = (request: PolicyRecords['requests'][number], attempt: Attempt): boolean =>
  request.step === attempt.step &&
  new Date(request.at) > new Date(attempt.at) &&
  (parseKeyId(request.target) !== undefined || request.target.toLowerCase() === attempt.target.toLowerCase());
