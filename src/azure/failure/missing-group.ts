import type { Fact } from '../../remediation/model/facts.ts';
import { toFailure } from './failure.ts';
import { readFact } from './read-fact.ts';
import type { CallSubject } from './subject.ts';

/**
 * A fact that says, where it is unknown, whether Azure did not find the resource group: then the list of deleted
 * resources may know more.
 */
export type FactInGroup<T> = Fact<T> & { readonly groupMissing?: true };

const isGroupMissing = (error: unknown): boolean => toFailure(error).code.toLowerCase() === 'resourcegroupnotfound';

/** Like `readFact`, for a resource in a resource group. */
export const readInGroup = async <T>(subject: CallSubject, read: () => Promise<T>): Promise<FactInGroup<T>> => {
  let groupMissing = false;
  const fact = await readFact(subject, () =>
    read().catch((error: unknown) => {
      groupMissing = isGroupMissing(error);
      throw error;
    }),
  );
  return groupMissing ? { ...fact, groupMissing: true } : fact;
};
