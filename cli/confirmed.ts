import type { Context } from './context.ts';
import { Usage } from './failure.ts';
import { asText } from './sheet/as-text.ts';
import type { Block } from './sheet/sheet.ts';

const WIDTH = 100;

type Confirmation = { readonly blocks: readonly Block[]; readonly question: string; readonly isGiven: boolean };

/** Shows the planned act, and carries it out only after a yes. */
export const confirmed = async (
  { surroundings }: Pick<Context, 'surroundings'>,
  { blocks, question, isGiven }: Confirmation,
): Promise<void> => {
  const { say, ask, columns } = surroundings;
  say(asText({ blocks }, Math.min(columns ?? WIDTH, WIDTH)));
  if (isGiven) return;
  if (!ask) throw new Usage(`${question} Nobody is there to answer: add --yes.`);
  if (!(await ask(question))) throw new Error('Nothing was done.');
};
