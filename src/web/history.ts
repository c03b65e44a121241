import { PRODUCT_CHAIN } from '../loop/record.ts';
import { keyId, parseKeyId } from '../remediation/model/key-ref.ts';
import { type Door, refusal } from './door.ts';

/** GET ?key=: incidents of one key or of all, oldest first. */
export const listIncidents: Door = async ({ query }, guardian) => {
  const named = query.get('key');
  const parsed = named === null ? undefined : parseKeyId(named);
  if (named !== null && !parsed) return refusal(400, 'BadRequest', `${named} is not a key identifier.`);
  const incidents = guardian.store.incidents.list(parsed && keyId(parsed.key));
  return { status: 200, body: { value: await Array.fromAsync(incidents) } };
};

const chainOf = (named: string): string | undefined => {
  const parsed = parseKeyId(named);
  return parsed ? keyId(parsed.key) : named === PRODUCT_CHAIN ? PRODUCT_CHAIN : undefined;
};

/** GET ?key=: the ledger of a key (or `product`), oldest entry first, and whether its chain is intact. */
export const getLedger: Door = async ({ query }, guardian) => {
  const chain = chainOf(query.get('key') ?? '');
  if (!chain)
    return refusal(
      400,
      'BadRequest',
      `Name a key: ?key=https://contoso.vault.azure.net/keys/cmk, or ?key=${PRODUCT_CHAIN}.`,
    );
  const { ledger } = guardian.store;
  const [entries, verification] = await Promise.all([ledger.read(chain), ledger.verify(chain)]);
  return { status: 200, body: { chain, verification, entries } };
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
