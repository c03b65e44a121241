import type { GetOverrides200 } from '../../client/api.ts';
import { type Sheet, table, tableOf, text } from '../sheet/sheet.ts';
import { exact } from '../words/times.ts';

type Override = {
  readonly what: string;
  readonly target: string;
  readonly by: string;
  readonly why: string;
  readonly until?: string;
};

const allOf = ({ pauses, doNotHeal }: GetOverrides200): readonly Override[] => [
  ...pauses.map((one) => ({ ...one, what: 'pause', target: one.scope ?? 'everything' })),
  ...doNotHeal.map((one) => ({ ...one, what: 'do not heal' })),
];

/** The overrides in force. An override is on purpose, so it is no fault. */
export const overridesSheet = (answer: GetOverrides200): Sheet => {
  const overrides = tableOf<Override>(
    {
      what: ({ what }) => what,
      target: ({ target }) => target,
      until: ({ until }) => (until ? exact(until) : 'it is lifted'),
      why: ({ why }) => why,
      by: ({ by }) => by,
    },
    allOf(answer),
  );
  return {
    isWell: true,
    answer,
    blocks:
      overrides.rows.length === 0
        ? [text('Nothing is held back by a person.')]
        : [table(overrides.columns, overrides.rows)],
    records: overrides,
  };
};
