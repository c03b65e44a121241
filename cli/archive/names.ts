import { sha256 } from '../../src/remediation/model/canonical.ts';
import { nameAt } from '../words/names.ts';

const DIGITS = 8;

/** `ledger/contoso_cmk-1a2b3c4d.json`: readable, and different for any two chains. */
export const fileOfChain = (chain: string): string =>
  `ledger/${nameAt(chain).replaceAll(/[^\w-]/g, '_')}-${sha256(chain).slice(0, DIGITS)}.json`;
