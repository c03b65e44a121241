import type { Fact } from '../../remediation/model/facts.ts';
import { toFailure } from './failure.ts';
import { readFact } from './read-fact.ts';
import type { CallSubject } from './subject.ts';

/** A fact of which, where it is unknown, Azure said that the resource group is not found: then its list of what was deleted may know more. */
export type FactInGroup<T> = Fact<T> & { readonly groupMissing?: true };

const isGroupMissing = (error: unknown): boolean => toFailure(error).code.toLowerCase() === 'resourcegroupnotfound';

/** `readFact`, of what lies in a resource group. */
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
