import { page } from '../arm/page.ts';
import { sameId } from '../arm/resource-id.ts';
import type { Answer, Call, Service, World } from '../service.ts';
import { parseActivityFilter } from './activity-filter.ts';
import { eventJson } from './event-json.ts';

/** Microsoft.Insights/eventtypes/management, 2015-04-01: the writes in a subscription with their callers, newest first. */
export const activityLogService = (world: World): Service => ({
  name: 'activity-log',
  breaks: [],
  routes: [
    {
      plane: 'arm',
      method: 'GET',
      path: '/subscriptions/{subscription}/providers/Microsoft.Insights/eventtypes/management/values',
      apiVersions: ['2015-04-01'],
      action: 'Microsoft.Insights/eventtypes/values/read',
      handle: (call) => listed(world, call),
    },
  ],
  snapshot: () =>
    world.activity.writes().map(({ at, operationName, target, status, caller, correlationId, error }) => ({
      at: new Date(at).toISOString(),
      operationName,
      target,
      status,
      caller: caller.name,
      correlationId,
      ...(error ? { error } : {}),
    })),
});

/** The log shows a write only after a delay. */
const listed = ({ activity, clock, switches }: World, call: Call): Answer => {
  const now = clock.now();
  const matches = parseActivityFilter(call.query.get('$filter') ?? '', now);
  const visibleUntil = now - (switches.activityLogDelaySeconds ?? 0) * 1000;
  const events = activity
    .writes()
    .filter(({ subscription, at }) => sameId(subscription, call.params['subscription'] ?? '') && at <= visibleUntil)
    .filter(matches)
    .reverse();
  return page(call, events.map(eventJson), 200);
};
