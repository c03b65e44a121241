import { sha256 } from '../../remediation/model/canonical.ts';
import { type KeyRef, keyId } from '../../remediation/model/key-ref.ts';

/**
 * The same items in an order that every sweep draws anew from its time `at` (ISO 8601). A caller that takes only the
 * first few takes others the next time, so that lasting faults of many keys do not keep another key from its turn.
 */
export const inFairOrder = <One extends { readonly key: KeyRef }>(those: readonly One[], at: string): readonly One[] =>
  those
    .map((one) => ({ one, place: sha256(`${at} ${keyId(one.key)}`) }))
    .sort((a, b) => (a.place < b.place ? -1 : 1))
    .map(({ one }) => one);
