import { addDuration } from '../model/duration.ts';
import type { KeyVersionFacts } from '../model/facts.ts';
import { keyId, parseKeyId } from '../model/key-ref.ts';
import type { Known } from '../model/known.ts';
import { wasDone } from '../steps/done-steps.ts';

/** Somebody who wants to take a key away by its expiry sets one that comes soon; a planned expiry is further away. */
const SOON = 'P1D';

type Expiring = Pick<KeyVersionFacts, 'kid' | 'expiresOn' | 'updatedOn'>;

/** A version without a known time of its last write may have got its expiry just now. */
const endsSoonAfterWrite = ({ updatedOn }: Expiring, expiresOn: string): boolean =>
  updatedOn === undefined || new Date(expiresOn) <= addDuration(new Date(updatedOn), SOON);

/** An extension of this incident has given the key a later expiry than the recorded one. */
const wasExtended = (kid: string, known: Known): boolean => {
  const key = parseKeyId(kid)?.key;
  return key !== undefined && wasDone(known, 'extendKeyExpiry', keyId(key));
};

/**
 * Whether somebody has set the expiry of a version on purpose to end it. Two things must hold: the expiry is earlier than the
 * recorded one (or none was recorded), and it comes within a day of the last write. An expiry that was planned long ago fails the
 * second test; an edit of tags is a write too, but leaves the recorded expiry, so it fails the first. Without a recorded expiry
 * (a new version, or a record of an older release) only the second test is left: to extend a version that somebody wanted to end
 * would be worse than to ask once too often.
 */
export const wasExpirySet = (version: Expiring, known: Known): boolean => {
  const { expiresOn, kid } = version;
  if (expiresOn === undefined || !endsSoonAfterWrite(version, expiresOn)) return false;
  const recorded = known.baseline?.expiries?.[kid.toLowerCase()];
  if (recorded === undefined || recorded === 'never') return true;
  return new Date(expiresOn) < new Date(recorded) || wasExtended(kid, known);
};
