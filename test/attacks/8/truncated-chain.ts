import { chainIn, cut, enter } from '../../builders/tampering.ts';
import type { Attack } from '../attack.ts';
import { playTampering } from '../kept.ts';
import { KEEPING } from '../quiet-apps.ts';

/** The attacker replaces the removed rows with as many rows of the attacker's own: the numbers alone would show nothing. */
export const truncatedChain: Attack = {
  item: '8',
  sentence: 'a writer of the product’s tables cuts the end off a ledger and writes another',
  plan: KEEPING,
  play: (app) =>
    playTampering(app, 'kv-cut', /^Row \d+ is not the one that was anchored/, async (tables, chain) => {
      const rows = await chainIn(tables, chain);
      const [last] = rows.slice(-1);
      await cut(tables, chain, [rows.length]);
      await enter(tables, chain, [
        { id: 'other', at: last?.at ?? '', kind: 'recorded', detail: {}, correlationIds: [] },
      ]);
    }),
};
