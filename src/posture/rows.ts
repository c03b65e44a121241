import type { Row } from './row.ts';
import { ACCESS_ROWS } from './rows/access-rows.ts';
import { CLUSTER_ROWS } from './rows/cluster-rows.ts';
import { CONSUMER_ROWS } from './rows/consumer-rows.ts';
import { KEY_ROWS } from './rows/key-rows.ts';
import { PRODUCT_ROWS } from './rows/product-rows.ts';
import { SIZE_ROWS } from './rows/size-rows.ts';
import { SURROUNDING_ROWS } from './rows/surrounding-rows.ts';
import { VAULT_ROWS } from './rows/vault-rows.ts';

/** `S1.D3` after `S1.33`. */
const rank = (id: string): number => {
  const [, document = '', defect = '', number = ''] = /^S(\d)\.(D?)(\d+)$/.exec(id) ?? [];
  return Number(document) * 1_000 + (defect ? 500 : 0) + Number(number);
};

/** Every statement of the two documents, in their order. */
export const ROWS: readonly Row[] = [
  ...VAULT_ROWS,
  ...KEY_ROWS,
  ...ACCESS_ROWS,
  ...SURROUNDING_ROWS,
  ...CONSUMER_ROWS,
  ...SIZE_ROWS,
  ...CLUSTER_ROWS,
  ...PRODUCT_ROWS,
].sort((a, b) => rank(a.id) - rank(b.id));
