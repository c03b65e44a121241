import { profileOf } from '../../model/profiles.ts';

/** Vault and key version are read for their do-not-heal tags right before the write. */
const MARKS = ['Microsoft.KeyVault/vaults/read', 'Microsoft.KeyVault/vaults/keys/read'];

/** Azure actions that are needed to set the key of a consumer, be it the same key or another. */
export const actionsOnKeyOf = (kind: string): readonly string[] => {
  const { read, setKey } = profileOf(kind).actions;
  return [...MARKS, ...read, ...setKey];
};
