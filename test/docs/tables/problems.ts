import { PROBLEMS } from '../../../src/web/problems.ts';

/** Every code of a refusal, with its meaning and the remedy. */
export const problemsInWords = (): string =>
  Object.entries(PROBLEMS)
    .map(([code, { status, title, meaning, fix }]) => `### ${code}\n\n${status}. **${title}.** ${meaning}\n\n${fix}`)
    .join('\n\n');
