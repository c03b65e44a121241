import { attemptsOn } from '../model/attempts-by.ts';
import type { Attempt } from '../model/records.ts';

/**
 * The words with which Azure says that Entra does not know the identity of a consumer. Sources: Azure SQL documents the first for
 * servers ("The server identity is not correctly configured"), the example of DiskRP shows the second for disk encryption sets,
 * Resource Manager uses the third for a user-assigned identity.
 */
const WORDS = /AzureKeyVaultNoServerIdentity|ManagedServiceIdentityNotFound|FailedIdentityOperation.*not ?found/is;

/**
 * Whether Azure's words blame a lost identity. The words come from an attempt, or are the code of a rotation that failed. A
 * consumer still shows an identity after that was deleted in Entra: without rights to read Entra there is no other evidence.
 */
export const blamesIdentity = (words: string): boolean => WORDS.test(words);

const inTime = (a: Attempt, b: Attempt): number => Date.parse(a.at) - Date.parse(b.at);

/** Whether Azure refused the last attempt on this consumer because its identity is lost, and no identity was assigned since. */
export const identityWasRefused = (attempts: readonly Attempt[], consumerId: string): boolean => {
  const own = attemptsOn(attempts, consumerId).toSorted(inTime);
  const tried = own.findLastIndex(({ step }) => step !== 'assignIdentity');
  const last = own[tried];
  if (!last || last.outcome === 'done' || !blamesIdentity(last.why)) return false;
  return !own.slice(tried + 1).some(({ step, outcome }) => step === 'assignIdentity' && outcome === 'done');
};
