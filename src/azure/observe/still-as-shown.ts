import { isSameJson } from '../../remediation/model/canonical.ts';
import type { KeyVersionFacts, VaultFacts } from '../../remediation/model/facts.ts';
import type { KeyRef } from '../../remediation/model/key-ref.ts';
import type { VaultLook } from '../key-vault/vault-directory.ts';
import type { LastFacts } from './look-again.ts';

/** The one version of a key that is in use, and its vault, as a look by lists has shown both. */
export type Shown = { readonly key: KeyRef; readonly facts: KeyVersionFacts; readonly vault: VaultFacts };

/** The same value for all keys of a vault, so that each of them compares by reference. */
const openSame = (vault: VaultFacts): ((before: VaultFacts) => boolean) => {
  const known = new Map<VaultFacts, boolean>();
  return (before) => {
    const is = known.get(before) ?? (before === vault || isSameJson(before, vault));
    known.set(before, is);
    return is;
  };
};

/** Of these keys of one vault those of which a look by lists would show the same now, with the facts that it shares with others. */
export const stillAsShown = async <One extends Shown>(
  own: readonly One[],
  vaults: VaultLook,
  lastFacts: LastFacts,
): Promise<readonly One[]> => {
  const [first] = own;
  const vault = first && (await vaults(first.key.host)).vault;
  if (vault?.kind !== 'present') return [];
  const isSameVault = openSame(vault.value);
  const still: One[] = [];
  for (const shown of own) {
    if (!isSameVault(shown.vault)) continue;
    const facts = await lastFacts(shown.key, shown.facts.version, vault);
    if (facts === undefined || (facts !== shown.facts && !isSameJson(facts, shown.facts))) continue;
    still.push({ ...shown, facts, vault: vault.value });
  }
  return still;
};
