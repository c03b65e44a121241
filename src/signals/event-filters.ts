import { OBSTACLES } from './obstacle-event.ts';
import { EVENT_TYPES, HEARD_TYPES } from './resource-event.ts';

/** "25 filter values across all the filters per event grid subscription" (Event Grid, "Event filtering"). */
export const MOST_VALUES = 25;

/** The filter of one event subscription on an Azure subscription, as Resource Manager names its members. */
export type EventFilter = {
  readonly includedEventTypes: readonly string[];
  readonly advancedFilters: readonly [
    {
      readonly operatorType: 'StringBeginsWith';
      readonly key: 'data.operationName';
      readonly values: readonly string[];
    },
  ];
};

/** A resource group that was made again may have blocked a repair too; its operations have no provider of their own. */
const GROUPS = 'microsoft.resources/subscriptions/resourcegroups';

/** Each prefix once, without those that begin with another one: an event must not come twice. */
const outermost = (prefixes: readonly string[]): readonly string[] =>
  [...new Set(prefixes)].filter((one) => !prefixes.some((other) => other !== one && one.startsWith(other))).toSorted();

/**
 * The filters of as many event subscriptions as are needed to receive every operation on these resource types (`namespace/type`),
 * each by exactly one of them. Event Grid compares without case.
 */
export const eventFiltersOf = (types: readonly string[]): readonly EventFilter[] => {
  const prefixes = outermost(types.map((type) => `${type.toLowerCase()}/`));
  return Array.from({ length: Math.ceil(prefixes.length / MOST_VALUES) }, (_, n) => ({
    includedEventTypes: EVENT_TYPES,
    advancedFilters: [
      {
        operatorType: 'StringBeginsWith',
        key: 'data.operationName',
        values: prefixes.slice(n * MOST_VALUES, (n + 1) * MOST_VALUES),
      },
    ],
  }));
};

/** Every resource type whose events are a reason to look, or to try again a step that was refused. */
export const heardTypes = (): readonly string[] => [...HEARD_TYPES, ...OBSTACLES, GROUPS];

/** The filters of the product's own event subscriptions. */
export const eventFilters = (): readonly EventFilter[] => eventFiltersOf(heardTypes());
