import { attemptsOn } from '../model/attempts-by.ts';
import type { Attempt } from '../model/records.ts';

/**
 * How Azure says that a consumer has no identity that Entra knows: servers as Azure SQL documents it ("The server identity
 * is not correctly configured"), disk encryption sets in the example of DiskRP, and Resource Manager of a user-assigned one.
 */
const WORDS = /AzureKeyVaultNoServerIdentity|ManagedServiceIdentityNotFound|FailedIdentityOperation.*not ?found/is;

/**
 * Whether Azure's words blame a lost identity: those of an attempt, or the code of a rotation that failed. A consumer goes
 * on showing an identity that was deleted in Entra; without rights to read Entra there is no other evidence.
 */
export const blamesIdentity = (words: string): boolean => WORDS.test(words);

const inTime = (a: Attempt, b: Attempt): number => Date.parse(a.at) - Date.parse(b.at);

/** Whether this consumer's last try of its key was refused for want of its identity, and none has been assigned since. */
export const identityWasRefused = (attempts: readonly Attempt[], consumerId: string): boolean => {
  const own = attemptsOn(attempts, consumerId).toSorted(inTime);
  const tried = own.findLastIndex(({ step }) => step !== 'assignIdentity');
  const last = own[tried];
  if (!last || last.outcome === 'done' || !blamesIdentity(last.why)) return false;
  return !own.slice(tried + 1).some(({ step, outcome }) => step === 'assignIdentity' && outcome === 'done');
};
