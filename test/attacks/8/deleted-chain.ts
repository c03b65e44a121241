import { replaceChain } from '../../builders/tampering.ts';
import type { Attack } from '../attack.ts';
import { playTampering } from '../kept.ts';
import { KEEPING } from '../quiet-apps.ts';

export const deletedChain: Attack = {
  item: '8',
  sentence: 'a writer of the product’s tables deletes the ledger of a key',
  plan: KEEPING,
  play: (app) =>
    playTampering(app, 'kv-gone', /^The chain is gone/, (tables, chain) => replaceChain(tables, chain, [])),
};
