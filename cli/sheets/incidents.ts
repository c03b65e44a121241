import type { ListIncidents200 } from '../../client/api.ts';
import { type Sheet, table, tableOf, text } from '../sheet/sheet.ts';
import { nameAt } from '../words/names.ts';
import { exact, lasting } from '../words/times.ts';

type Incident = ListIncidents200['value'][number];

/** Incidents, oldest first, the open ones with a mark. */
export const incidentsSheet = (answer: ListIncidents200): Sheet => {
  const { value } = answer;
  const { columns, rows } = tableOf<Incident>(
    {
      incident: ({ id }) => id,
      key: ({ keyId }) => nameAt(keyId),
      opened: ({ openedAt }) => exact(openedAt),
      closed: ({ closedAt }) => (closedAt ? exact(closedAt) : 'is open'),
      lasted: ({ minutesOpen }) => lasting(minutesOpen * 60_000),
    },
    value,
  );
  return {
    isWell: value.every(({ closedAt }) => closedAt !== undefined),
    answer,
    blocks: value.length === 0 ? [text('There is no such incident.')] : [table(columns, rows)],
    records: tableOf<Incident>(
      {
        id: ({ id }) => id,
        keyId: ({ keyId }) => keyId,
        openedAt: ({ openedAt }) => openedAt,
        closedAt: ({ closedAt }) => closedAt,
        minutesOpen: ({ minutesOpen }) => minutesOpen,
      },
      value,
    ),
  };
};
