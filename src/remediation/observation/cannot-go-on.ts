import { addDuration } from '../model/duration.ts';
import type { KeyObservation, KeyVersionFacts } from '../model/facts.ts';
import type { RemediationSettings } from '../model/settings.ts';
import { newExpiry } from './extend-expiry.ts';

/**
 * Whether a pinned version is near its expiry, or past it, and may not be extended any more. Only then the current version
 * matters.
 */
export const cannotGoOn = (
  versions: KeyObservation['versions'],
  settings: Pick<RemediationSettings, 'nearExpiry' | 'extension' | 'maximumKeyAge'>,
  now: Date,
): boolean => Object.values(versions).some((fact) => fact.kind === 'present' && isAtItsEnd(fact.value, settings, now));

const isAtItsEnd = (
  version: KeyVersionFacts,
  { nearExpiry, extension, maximumKeyAge }: Pick<RemediationSettings, 'nearExpiry' | 'extension' | 'maximumKeyAge'>,
  now: Date,
): boolean => {
  const { expiresOn } = version;
  if (expiresOn === undefined || new Date(expiresOn) > addDuration(now, nearExpiry)) return false;
  const limits = { period: extension, maximumAge: maximumKeyAge, threshold: nearExpiry };
  return newExpiry(version, limits, now).kind !== 'set';
};
