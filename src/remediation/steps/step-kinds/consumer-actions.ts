import { profileOf } from '../../model/profiles.ts';

/** Vault and key version are read for their do-not-heal marks, right before the write. */
const MARKS = ['Microsoft.KeyVault/vaults/read', 'Microsoft.KeyVault/vaults/keys/read'];

/** Azure actions that setting the key of a consumer needs, the same one or another. */
export const actionsOnKeyOf = (kind: string): readonly string[] => {
  const { read, setKey } = profileOf(kind).actions;
  return [...MARKS, ...read, ...setKey];
};
