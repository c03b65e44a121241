import { resourceTypeOf } from '../arm/resource-id.ts';
import type { ArmWrite } from './activity.ts';
import { callerClaims } from './caller-claims.ts';

const named = (value: string) => ({ value, localizedValue: value });

/** `EventData` of Microsoft.Insights 2015-04-01: one event for a write, with the status in which it ended. */
export const eventJson = (write: ArmWrite) => {
  const time = new Date(write.at).toISOString();
  const { caller, operationName, target, subscription } = write;
  return {
    authorization: { action: operationName, role: write.evidence?.role, scope: target },
    caller: caller.kind === 'User' ? `${caller.name}@contoso.com` : caller.objectId,
    category: named('Administrative'),
    channels: 'Operation',
    claims: callerClaims(caller),
    correlationId: write.correlationId,
    description: '',
    eventDataId: write.id,
    eventName: named('EndRequest'),
    eventTimestamp: time,
    id: `${target}/events/${write.id}/ticks/${write.at * 10_000 + 621_355_968_000_000_000}`,
    level: write.status === 'Failed' ? 'Error' : 'Informational',
    operationId: write.correlationId,
    operationName: named(operationName),
    ...(write.existed ? { httpRequest: { clientRequestId: write.requestId, method: write.method } } : {}),
    resourceGroupName: /\/resourceGroups\/([^/]+)/i.exec(target)?.[1] ?? '',
    resourceProviderName: named(operationName.split('/')[0] ?? ''),
    resourceType: named(resourceTypeOf(target)),
    resourceId: target,
    status: named(write.status),
    subStatus: named(String(write.httpStatus)),
    submissionTimestamp: time,
    subscriptionId: subscription,
    tenantId: caller.tenantId,
    properties: {
      statusCode: String(write.httpStatus),
      ...(write.error ? { statusMessage: JSON.stringify({ error: write.error }) } : {}),
    },
  };
};
