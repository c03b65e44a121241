import { chainIn, replaceChain, rewritten } from '../../builders/tampering.ts';
import type { Attack } from '../attack.ts';
import { playTampering } from '../kept.ts';
import { KEEPING } from '../quiet-apps.ts';

export const rewrittenChain: Attack = {
  item: '8',
  sentence: 'a writer of the product’s tables changes a row of a ledger and hashes all of it anew',
  plan: KEEPING,
  play: (app) =>
    playTampering(app, 'kv-changed', /^Row \d+ is not the one that was anchored/, async (tables, chain) => {
      const rows = await chainIn(tables, chain);
      const changed = rewritten(chain, rows, (entry) => ({ ...entry, detail: { sha256: 'f'.repeat(64) } }));
      await replaceChain(tables, chain, changed);
    }),
};
