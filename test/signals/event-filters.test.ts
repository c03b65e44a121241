import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wants } from '../../local/cloud/event-grid/event-filter.ts';
import {
  type EventFilter,
  eventFilters,
  eventFiltersOf,
  heardTypes,
  MOST_VALUES,
} from '../../src/signals/event-filters.ts';
import { parseObstacle } from '../../src/signals/obstacle-event.ts';
import { parseResourceEvent } from '../../src/signals/resource-event.ts';
import { runs } from '../run/exhaustive.ts';

const SCOPE = '/subscriptions/11111111-1111-1111-1111-111111111111';

/** Whether the filters let an event of this operation pass. */
const lets = (
  { includedEventTypes, advancedFilters }: EventFilter,
  operationName: string,
  eventType: string,
): boolean => {
  const filter = { includedEventTypes: [...includedEventTypes], advancedFilters: advancedFilters.map(mutable) };
  const event = {
    id: '',
    type: eventType,
    topic: SCOPE,
    subject: '',
    at: 0,
    dataVersion: '2' as const,
    data: { operationName },
  };
  return wants({ scope: SCOPE, filter, activeSince: 0 }, event);
};
const mutable = ({ operatorType, key, values }: EventFilter['advancedFilters'][0]) => ({
  operatorType,
  key,
  values: [...values],
});

const idOf = (type: string): string => {
  const [namespace, ...parts] = type.split('/');
  if (namespace?.startsWith('microsoft.resources')) return `${SCOPE}/resourceGroups/data`;
  const own = `providers/${namespace}/${parts.map((part) => `${part}/one`).join('/')}`;
  const vault = `${SCOPE}/resourceGroups/data/providers/Microsoft.KeyVault/vaults/kv`;
  return namespace === 'microsoft.authorization' ? `${vault}/${own}` : `${SCOPE}/resourceGroups/data/${own}`;
};

const VERBS = {
  write: 'ResourceWriteSuccess',
  delete: 'ResourceDeleteSuccess',
  action: 'ResourceActionSuccess',
} as const;

/** Whether the product does anything about an event of this type and verb. */
const isHeard = (type: string, eventType: string): boolean => {
  const event = { eventType, topic: SCOPE, subject: idOf(type) };
  return parseResourceEvent(event).kind === 'signal' || parseObstacle(event) !== undefined;
};

const OPERATIONS = heardTypes().flatMap((type) =>
  Object.entries(VERBS).map(([verb, name]) => [type, verb, `Microsoft.Resources.${name}`] as const),
);

describe('The filters of the event subscriptions', () => {
  it.each(OPERATIONS)(
    'let through by exactly one of them, in whatever casing, what is heard: %s/%s',
    (type, verb, eventType) => {
      const operation = `${type}/${verb === 'action' ? 'start/action' : verb}`;
      for (const name of [operation, operation.toUpperCase()])
        expect(eventFilters().filter((filter) => lets(filter, name, eventType))).toHaveLength(1);
    },
  );

  it('name no type of which nothing is heard', () => {
    const deaf = heardTypes().filter(
      (type) => !Object.values(VERBS).some((verb) => isHeard(type, `Microsoft.Resources.${verb}`)),
    );
    expect(deaf).toEqual([]);
  });

  it('keep back what is nothing of ours, and what has failed', () => {
    const through = (operation: string, eventType: string) =>
      eventFilters().some((filter) => lets(filter, operation, eventType));
    expect(through('Microsoft.Storage/storageAccounts/write', 'Microsoft.Resources.ResourceWriteSuccess')).toBe(false);
    expect(through('Microsoft.KeyVault/vaultsOfOthers/write', 'Microsoft.Resources.ResourceWriteSuccess')).toBe(false);
    expect(through('Microsoft.KeyVault/vaults/write', 'Microsoft.Resources.ResourceWriteFailure')).toBe(false);
  });

  it('hold no more values than Event Grid takes, however many types there are, and none is lost or twice', () => {
    const name = fc.stringMatching(/^[a-c]{1,2}$/);
    const types = fc.array(
      fc.tuple(name, name, name).map((parts) => parts.join('/')),
      { maxLength: 120 },
    );
    fc.assert(
      fc.property(types, (all) => {
        const filters = eventFiltersOf(all);
        expect(filters.every(({ advancedFilters: [{ values }] }) => values.length <= MOST_VALUES)).toBe(true);
        for (const type of all)
          expect(
            filters.filter(({ advancedFilters: [{ values }] }) =>
              values.some((one) => `${type}/write`.startsWith(one)),
            ),
          ).toHaveLength(1);
      }),
      { numRuns: runs(300) },
    );
  });
});
