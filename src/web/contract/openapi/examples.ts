import { ROUTES } from '../../../surface.ts';
import { PROBLEMS } from '../../problems.ts';
import { refusalsOf } from '../answers/refusals.ts';

/** An example for every problem code of a route: a code that no route answers is left out. */
export const problemExamples = (): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    [...new Set(ROUTES.flatMap(refusalsOf))].map((code) => {
      const { status, title, meaning } = PROBLEMS[code];
      const value = {
        type: `/api/problems/${code}`,
        title,
        status,
        detail: meaning,
        error: { code, message: meaning },
      };
      return [code, { summary: title, value }];
    }),
  );
