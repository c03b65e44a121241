import type { KeyVersionFacts } from '../model/facts.ts';
import { profileOf } from '../model/profiles.ts';

/** Whether a consumer of this kind takes a key of this type and size; `undefined` where the kind or the size is not known. */
export const isFitting = (
  kind: string,
  { keyType, keySize }: Pick<KeyVersionFacts, 'keyType' | 'keySize'>,
): boolean | undefined => {
  const { keys } = profileOf(kind);
  if (keys === 'unsaid') return undefined;
  if (!keys.types.includes(keyType.toUpperCase())) return false;
  return keySize === undefined ? undefined : keys.sizes.includes(keySize);
};
