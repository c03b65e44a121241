import { addDuration } from '../model/duration.ts';
import type { KeyVersionFacts } from '../model/facts.ts';
import { keyId, parseKeyId } from '../model/key-ref.ts';
import type { Known } from '../model/known.ts';
import { wasDone } from '../steps/done-steps.ts';

/** Whoever takes a key away by its expiry sets one that comes soon; whoever plans sets one that is further away. */
const SOON = 'P1D';

type Expiring = Pick<KeyVersionFacts, 'kid' | 'expiresOn' | 'updatedOn'>;

/** A version of which nobody can tell when it was last written may have got its expiry a moment ago. */
const endsSoonAfterWrite = ({ updatedOn }: Expiring, expiresOn: string): boolean =>
  updatedOn === undefined || new Date(expiresOn) <= addDuration(new Date(updatedOn), SOON);

/** What this incident has extended was given a later expiry than the one that is recorded. */
const wasExtended = (kid: string, known: Known): boolean => {
  const key = parseKeyId(kid)?.key;
  return key !== undefined && wasDone(known, 'extendKeyExpiry', keyId(key));
};

/**
 * Whether somebody has set the expiry of a version so that it ends: it is earlier than last recorded, or there was none, and
 * comes within a day of the last write. An expiry that time has reached was written long before; who edits tags writes too,
 * and leaves the expiry that is recorded. Where none is recorded (the version is new, or an older version of the product
 * kept none) only the second tells: to extend what somebody let end would be worse than to ask once too often.
 */
export const wasExpirySet = (version: Expiring, known: Known): boolean => {
  const { expiresOn, kid } = version;
  if (expiresOn === undefined || !endsSoonAfterWrite(version, expiresOn)) return false;
  const recorded = known.baseline?.expiries?.[kid.toLowerCase()];
  if (recorded === undefined || recorded === 'never') return true;
  return new Date(expiresOn) < new Date(recorded) || wasExtended(kid, known);
};
