import { absent, type Fact, present, unknown } from '../../remediation/model/facts.ts';
import { explain } from './advice.ts';
import { AzureUnavailable } from './azure-unavailable.ts';
import { classify } from './classify.ts';
import { toFailure } from './failure.ts';
import type { CallSubject } from './subject.ts';

/**
 * A read of Azure as a fact. A refused read is `unknown`, with the fix; a resource that does not exist is `absent`.
 * Throws `AzureUnavailable` for errors that only a later try can cure: throttling, an outage, a broken connection.
 */
export const readFact = async <T>(subject: CallSubject, read: () => Promise<T>): Promise<Fact<T>> => {
  try {
    return present(await read());
  } catch (error) {
    const failure = toFailure(error);
    const is = classify(failure);
    if (is === 'busy' || is === 'transient') throw new AzureUnavailable(explain(failure, subject), { cause: error });
    return is === 'absent' ? absent : unknown(explain(failure, subject));
  }
};
