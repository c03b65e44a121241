import type { ArmWrite } from '../activity-log/activity.ts';
import { callerClaims } from '../activity-log/caller-claims.ts';
import { draw } from '../draw.ts';
import type { PublishedEvent } from './published-event.ts';

const OUTCOMES = { Succeeded: 'Success', Failed: 'Failure' } as const;

/** Azure's own samples mix `resourceGroups` and `resourcegroups`; the spelling of an id here depends on the event alone. */
const spelt = (id: string, write: ArmWrite, field: string): string =>
  draw('spelling', write.id, field) < 0.3 ? id.replace(/\/resourceGroups\//i, '/resourcegroups/') : id;

/**
 * The event of a subscription's topic (Azure subscription as an Event Grid source, dataVersion 2). The event does not carry the
 * body of the write; `httpRequest` is "only included when updating an existing resource or deleting a resource".
 */
export const armEvent = (write: ArmWrite): PublishedEvent => ({
  id: write.id,
  type: `Microsoft.Resources.Resource${write.kind}${OUTCOMES[write.status]}`,
  topic: `/subscriptions/${write.subscription}`,
  subject: spelt(write.target, write, 'subject'),
  at: write.at,
  dataVersion: '2',
  data: {
    authorization: {
      scope: write.target,
      action: write.operationName,
      evidence: write.evidence ?? { role: 'Subscription Admin' },
    },
    claims: callerClaims(write.caller),
    correlationId: write.correlationId,
    ...(write.existed ? { httpRequest: httpRequest(write) } : {}),
    resourceProvider: write.operationName.split('/')[0],
    resourceUri: spelt(write.target, write, 'resourceUri'),
    operationName: write.operationName,
    status: write.status,
    subscriptionId: write.subscription,
    tenantId: write.caller.tenantId,
  },
});

const httpRequest = ({ requestId, method, url }: ArmWrite) => ({
  clientRequestId: requestId,
  clientIpAddress: '20.200.0.1',
  method,
  url,
});
