import type { Guardian } from '../loop/guardian.ts';
import { PRODUCT_CHAIN } from '../loop/record.ts';
import type { QueryOf } from './contract/contract.ts';
import { type Door, refusal } from './door.ts';
import { keyNamed } from './keys-named.ts';
import type { ParsedBody } from './parse-body.ts';

const chainOf = async (guardian: Guardian, named: string): Promise<ParsedBody<string>> =>
  named === PRODUCT_CHAIN ? { kind: 'value', value: PRODUCT_CHAIN } : keyNamed(guardian, named);

/** Whether the key exists in the store: a key that was looked at, or that a consumer uses, may have an empty ledger. */
const isKnown = async ({ store }: Guardian, chain: string): Promise<boolean> => {
  if (chain === PRODUCT_CHAIN) return true;
  const { rowTag, verdict, consumers } = await store.keyRows.read(chain);
  return [rowTag, verdict, consumers].some((one) => one !== undefined);
};

/**
 * GET ?key=: the ledger of a key (or `product`; a vault or a consumer with one key may be named as well), oldest entry first,
 * whether its chain is intact, and what its anchors prove against whom.
 */
export const getLedger: Door<QueryOf<'get-ledger'>> = async ({ query }, guardian) => {
  const { key: named } = query;
  if (named === '')
    return refusal(
      400,
      'BadRequest',
      `Name a key: ?key=https://contoso.vault.azure.net/keys/cmk, or ?key=${PRODUCT_CHAIN}.`,
    );
  const found = await chainOf(guardian, named);
  if (found.kind === 'refused') return found.answer;
  const chain = found.value;
  const { anchors, ledger } = guardian.store;
  const [{ rows: entries, verification }, protection] = await Promise.all([ledger.audit(chain), anchors.protection()]);
  if (entries.length === 0 && verification.kind === 'intact' && !(await isKnown(guardian, chain)))
    return refusal(404, 'UnknownKey', `Nothing was ever entered of ${chain}, and no anchor knows it.`);
  return { status: 200, body: { chain, verification, anchors: protection, entries } };
};

const HASH = /^[0-9a-f]{64}$/;

/** GET: a piece of evidence that the ledger names by its SHA-256. */
export const getEvidence: Door = async ({ params }, guardian) => {
  const hash = params['hash'] ?? '';
  const evidence = HASH.test(hash) ? await guardian.store.evidence.get(hash) : undefined;
  return evidence === undefined
    ? refusal(404, 'NotFound', 'There is no evidence of this name; the ledger names it by its SHA-256.')
    : { status: 200, body: evidence };
};
