import { type Sheet, text } from '../sheet/sheet.ts';

/** There is no report yet: the state is unknown, which is not healthy. */
export const beingMade = (answer: unknown): Sheet => ({
  isWell: false,
  answer,
  blocks: [text('The first posture report is being made, which takes a minute or two. Ask again.')],
  records: { columns: [], rows: [] },
});
