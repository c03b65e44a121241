import { parseKeyIdentifier } from '../key-vault/key-identifier.ts';

/** `{vault}_{key}_{version}`, the only name that a server key may have; undefined unless the id names a version. */
export const serverKeyName = (keyUri: string): string | undefined => {
  const key = parseKeyIdentifier(keyUri);
  return key?.version === undefined ? undefined : `${key.vault}_${key.name}_${key.version}`;
};
