import { canonicalJson, type Json, sha256 } from '../remediation/canonical.ts';
import type { Guardian } from './guardian.ts';

/** The chain of everything that belongs to no key. */
export const PRODUCT_CHAIN = 'product';
const RECENT = 100;

/** Enters something that belongs to no key, unless one of the last hundred entries says the same. `true`: it was new. */
export const recordOnce = async ({ store }: Guardian, what: string, detail: Json): Promise<boolean> => {
  const fingerprint = sha256(canonicalJson({ what, detail }));
  const head = await store.ledger.head(PRODUCT_CHAIN);
  const recent = await store.ledger.read(PRODUCT_CHAIN, { ...head, seq: Math.max(0, head.seq - RECENT) });
  if (recent.some((row) => row.id.startsWith(`${fingerprint}.`))) return false;
  const at = new Date().toISOString();
  const entry = {
    id: `${fingerprint}.${at}`,
    at,
    kind: 'recorded',
    detail: { what, detail },
    correlationIds: [],
  } as const;
  await store.ledger.append(PRODUCT_CHAIN, head, [entry]);
  return true;
};
