import { type Block, type Sheet, text } from '../sheet/sheet.ts';

/** What a command has done, in a sentence, with what the app has answered. */
export const said = (sentence: string, answer: unknown, more: readonly Block[] = []): Sheet => ({
  isWell: true,
  answer: answer ?? {},
  blocks: [text(sentence), ...more],
  records: { columns: ['says'], rows: [[sentence]] },
});
