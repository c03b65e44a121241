import type { KeyObservation, KeyVersionFacts } from '../model/facts.ts';

/** The current version, where it is newer than this version and can be used now. */
export const newerVersion = (
  { version, createdOn }: Pick<KeyVersionFacts, 'version' | 'createdOn'>,
  { current }: Pick<KeyObservation, 'current'>,
  now: Date,
): KeyVersionFacts | undefined => {
  if (current?.kind !== 'present') return undefined;
  const { version: its, createdOn: made, enabled, notBefore, expiresOn } = current.value;
  const isActive =
    (notBefore === undefined || new Date(notBefore) <= now) && (expiresOn === undefined || new Date(expiresOn) > now);
  return enabled && isActive && its !== version && new Date(made) > new Date(createdOn) ? current.value : undefined;
};
