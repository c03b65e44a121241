import { type Block, type Sheet, text } from '../sheet/sheet.ts';

/** The sentence for a finished command, with the answer of the app. */
export const said = (sentence: string, answer: unknown, more: readonly Block[] = []): Sheet => ({
  isWell: true,
  answer: answer ?? {},
  blocks: [text(sentence), ...more],
  records: { columns: ['says'], rows: [[sentence]] },
});
