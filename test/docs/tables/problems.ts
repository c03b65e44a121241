import { PROBLEMS } from '../../../src/web/problems.ts';

/** Every code of a refusal: what it means and what to do. */
export const problemsInWords = (): string =>
  Object.entries(PROBLEMS)
    .map(([code, { status, title, meaning, fix }]) => `### ${code}\n\n${status}. **${title}.** ${meaning}\n\n${fix}`)
    .join('\n\n');
