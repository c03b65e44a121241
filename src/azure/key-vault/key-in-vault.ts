import type { VaultFacts } from '../../remediation/model/facts.ts';
import type { KeyRef } from '../../remediation/model/key-ref.ts';

/** A key and the vault in which ARM shows it. */
export type KeyInVault = { readonly key: KeyRef; readonly vault: VaultFacts };
