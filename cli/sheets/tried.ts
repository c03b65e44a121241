import type { Trial } from '../canary/trial.ts';
import type { Tried } from '../canary/try-all.ts';
import { type Sheet, table, tableOf, text } from '../sheet/sheet.ts';

const WORDS = { holds: 'holds', either: 'one of two', fails: 'FAILS', unknown: 'not tried' } as const;

/** Whether Azure behaves as the product assumes. */
export const triedSheet = (tried: Tried): Sheet => {
  const rows = tableOf<Trial>(
    { assumption: ({ assumption }) => assumption, verdict: ({ verdict }) => WORDS[verdict], seen: ({ seen }) => seen },
    tried.trials,
  );
  return {
    isWell: tried.trials.every(({ verdict }) => verdict === 'holds' || verdict === 'either'),
    answer: tried,
    blocks: [table(rows.columns, rows.rows), text(''), text(tried.left)],
    records: rows,
  };
};
