import { Usage } from './failure.ts';

const NUMBER = /^[0-9a-f]{6,64}$/i;

/** The number of a plan as it was typed. The steps of a plan are counted 1, 2, 3 on the same screen. @throws Usage */
export const planNumber = (typed: string): string => {
  if (NUMBER.test(typed)) return typed;
  throw new Usage(
    `'${typed}' is not the number of a plan, which has six digits or more of 0 to 9 and a to f. cmk-guardian plan shows it, in the line "Plan <number> for".`,
  );
};
