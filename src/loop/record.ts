import { randomUUID } from 'node:crypto';
import { canonicalJson, type Json, sha256 } from '../remediation/model/canonical.ts';
import { type Head, headOf } from '../remediation/protocol/ledger.ts';
import type { Guardian } from './guardian.ts';

/** The chain of everything that belongs to no key. */
export const PRODUCT_CHAIN = 'product';
const RECENT = 100;

type Entry = { readonly id: string; readonly what: string; readonly detail: Json };

const enter = async ({ store }: Guardian, from: Head, { id, what, detail }: Entry): Promise<void> => {
  const at = new Date().toISOString();
  const entry = { id: `${id}.${at}`, at, kind: 'recorded', detail: { what, detail }, correlationIds: [] } as const;
  await store.ledger.append(PRODUCT_CHAIN, from, [entry]);
};

/** Enters what somebody did that belongs to no key. */
export const record = async (guardian: Guardian, what: string, detail: Json): Promise<void> =>
  enter(guardian, await guardian.store.ledger.head(PRODUCT_CHAIN), { id: randomUUID(), what, detail });

/** Enters something that belongs to no key, unless one of the last hundred entries says the same. `true`: it was new. */
export const recordOnce = async (guardian: Guardian, what: string, detail: Json): Promise<boolean> => {
  const id = sha256(canonicalJson({ what, detail }));
  const recent = await guardian.store.ledger.recent(PRODUCT_CHAIN, RECENT);
  if (recent.some((row) => row.id.startsWith(`${id}.`))) return false;
  // From the head of what was read: one who enters the same at the same instant is then found by its id.
  await enter(guardian, headOf(recent), { id, what, detail });
  return true;
};
