import { subscriptionOf } from '../arm/authorize.ts';
import type { Caller } from '../caller.ts';
import { guid } from '../draw.ts';
import type { World } from '../service.ts';
import type { ArmWrite } from './activity.ts';
import { evidenceOf } from './evidence-of.ts';

/** Logs an act of a person in the portal, which reaches this cloud without a request, like any other write. */
export const recordManualAct = (
  world: World,
  { target, operationName, existed = false }: { target: string; operationName: string; existed?: boolean },
): ArmWrite => {
  const caller = somebody(world);
  const correlationId = guid('by hand', target.toLowerCase(), world.activity.writes().length);
  const evidence = evidenceOf(world, caller, operationName, target);
  return world.activity.record({
    ...kindOf(operationName),
    status: 'Succeeded',
    httpStatus: 200,
    url: `https://management.azure.com${target}`,
    target,
    operationName,
    subscription: subscriptionOf(target) ?? '',
    correlationId,
    requestId: correlationId,
    caller,
    ...(evidence ? { evidence } : {}),
    existed,
  });
};

const kindOf = (operationName: string): Pick<ArmWrite, 'kind' | 'method'> => {
  if (operationName.endsWith('/delete')) return { kind: 'Delete', method: 'DELETE' };
  if (operationName.endsWith('/action')) return { kind: 'Action', method: 'POST' };
  return { kind: 'Write', method: 'PUT' };
};

/** The owner of the subscription, if the world has one: the caller of acts by hand. */
const somebody = ({ entra }: World): Caller => {
  const owner = entra.principals().find(({ name }) => name === 'owner');
  const { objectId = guid('object', 'portal'), tenantId = entra.tenantId, name = 'portal' } = owner ?? {};
  return { tenantId, objectId, kind: 'User', roles: [], scopes: [], name };
};
