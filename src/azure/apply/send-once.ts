import { explain } from '../failure/advice.ts';
import { classify } from '../failure/classify.ts';
import { correlationIds, isUnsent, toFailure } from '../failure/failure.ts';
import { cureOf, refusalOf } from '../failure/refusals.ts';
import type { CallSubject } from '../failure/subject.ts';
import type { ArmAnswer } from '../http/arm-client.ts';
import { retryAfterMs } from '../http/retry-delay.ts';
import { lookAgainAt, type Sent } from './target.ts';

/** Sends a write and turns Azure's refusals into values. Throws where Azure did not answer. */
export const sendOnce = async (subject: CallSubject, send: () => Promise<Sent>): Promise<Sent> => {
  try {
    return await send();
  } catch (error) {
    const failure = toFailure(error);
    if (failure.status === undefined && !isUnsent(failure))
      throw new Error(`${explain(failure, subject)}: the outcome is unknown`, { cause: error });
    const why = explain(failure, subject);
    const is = classify(failure);
    const cure = cureOf(failure, subject);
    if (refusalOf(failure, subject) || (is !== 'busy' && is !== 'transient'))
      return { kind: 'blocked', why, correlationIds: failure.correlationIds, ...(cure && { cure }) };
    return { kind: 'waiting', until: lookAgainAt(failure.retryAfterMs, Date.now()), why };
  }
};

/** ARM's answer to a write: a long-running operation where the answer names one to poll, else done. */
export const sentOf = ({ header }: ArmAnswer, { what, scope }: CallSubject): Sent => {
  const ids = correlationIds(header);
  const statusUrl = header('azure-asyncoperation') ?? header('location');
  if (statusUrl === undefined) return { kind: 'done', why: `${what} was accepted`, correlationIds: ids };
  const now = Date.now();
  return {
    kind: 'started',
    operation: {
      statusUrl,
      startedAt: new Date(now).toISOString(),
      correlationIds: ids,
      ...(scope !== undefined && { scope }),
    },
    pollAt: lookAgainAt(retryAfterMs(header, now), now),
  };
};
