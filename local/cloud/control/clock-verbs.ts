import { z } from 'zod';
import type { Controlled, ControlVerb } from './controlled.ts';
import { InputError } from './controlled.ts';
import { duration } from './duration.ts';

const instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const advance = z
  .strictObject({ by: duration.optional(), until: instant.optional() })
  .refine(({ by, until }) => (by === undefined) !== (until === undefined), {
    error: "give either 'by' (seconds, or a duration such as PT10M) or 'until' (an instant)",
  });

/** The clock: read it, move it. */
export const clockVerbs = ({ clock }: Controlled): ControlVerb[] => {
  const view = () => ({ now: new Date(clock.now()).toISOString() });
  const goal = () => (clock.goal() > clock.now() ? { goal: new Date(clock.goal()).toISOString() } : {});
  return [
    {
      method: 'GET',
      path: '/_sim/clock',
      title: 'What time it is, and where it moves to',
      parameters: {},
      run: () => ({ ...view(), ...goal() }),
    },
    {
      method: 'POST',
      path: '/_sim/advance',
      title: 'Let time pass; answers once everybody has done what was due',
      parameters: {
        'by?': 'seconds, or an ISO 8601 duration such as PT10M',
        'until?': 'instant, 2026-01-01T00:00:00Z; one of both must be given',
      },
      example: { by: 'PT10M' },
      run: async (input) => {
        const { by = 0, until } = advance.parse(input);
        if (until !== undefined && until < clock.now()) {
          throw new InputError([`until: it is ${view().now} already, and time never goes back`]);
        }
        await (until === undefined ? clock.advance(by) : clock.advanceTo(until));
        return view();
      },
    },
  ];
};
