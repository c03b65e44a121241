import { chainIn, replaceChain } from '../../builders/tampering.ts';
import type { Attack } from '../attack.ts';
import { keyIn, playTampering } from '../kept.ts';
import { KEEPING } from '../quiet-apps.ts';

export const copiedChain: Attack = {
  item: '8',
  sentence: 'a writer of the product’s tables copies the ledger of another key over that of a key',
  plan: KEEPING,
  play: (app) =>
    playTampering(app, 'kv-copied', /belongs to the chain https:\/\/kv-baseline/, async (tables, chain) =>
      replaceChain(tables, chain, await chainIn(tables, keyIn('kv-baseline'))),
    ),
};
