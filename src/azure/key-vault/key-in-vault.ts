import type { VaultFacts } from '../../remediation/model/facts.ts';
import type { KeyRef } from '../../remediation/model/key-ref.ts';

/** A key and the vault that ARM says it lives in. */
export type KeyInVault = { readonly key: KeyRef; readonly vault: VaultFacts };
