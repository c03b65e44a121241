import { AzureError } from '../arm/error.ts';
import { sameId } from '../arm/resource-id.ts';
import { normalScope } from '../arm/scope.ts';
import type { Caller } from '../caller.ts';
import type { GraphRow, World } from '../service.ts';
import type { Row } from './expression.ts';

const subscriptionOf = (id: string): string => /^\/subscriptions\/([^/]+)/i.exec(id)?.[1] ?? '';

/** A row as Resource Graph writes it: the type and the resource group in lower case, ids as they come. */
const shaped = (world: World, row: GraphRow): Row => {
  const subscriptionId = subscriptionOf(row.id);
  return {
    ...row,
    type: row.type.toLowerCase(),
    subscriptionId,
    resourceGroup: /\/resourceGroups\/([^/]+)/i.exec(row.id)?.[1]?.toLowerCase() ?? '',
    tenantId: world.subscriptions.get(subscriptionId)?.tenantId ?? world.entra.tenantId,
  };
};

/** Rows of the subscriptions in the request, as far as the caller may read them. */
export const readableRows = (world: World, rows: GraphRow[], caller: Caller, asked: string[] | undefined): Row[] => {
  const wanted = readableSubscriptions(world, caller, asked);
  const may = createMay(world, caller);
  return rows
    .filter(({ id }) => wanted.has(subscriptionOf(id).toLowerCase()))
    .filter(({ id, type }) => may(type, id))
    .map((row) => shaped(world, row));
};

/** Whether the caller may read a resource; the rights on a whole subscription are checked once. */
const createMay = ({ rbac }: World, { objectId: principalId }: Caller) => {
  const everywhere = new Map<string, boolean>();
  return (type: string, id: string): boolean => {
    const action = `${type}/read`;
    const scope = `/subscriptions/${subscriptionOf(id)}`;
    const key = `${scope} ${type}`.toLowerCase();
    const known = everywhere.get(key) ?? rbac.allows({ principalId, action, scope });
    everywhere.set(key, known);
    return known || rbac.allows({ principalId, action, scope: id });
  };
};

/**
 * The subscriptions of the caller's tenant where the caller holds a role; 403 when the caller holds none in any requested
 * subscription.
 */
const readableSubscriptions = (
  world: World,
  { objectId, tenantId }: Caller,
  asked: string[] | undefined,
): Set<string> => {
  const own = world.rbac.assignments().filter(({ principalId }) => principalId === objectId);
  const readable = world.subscriptions
    .all()
    .filter((each) => each.tenantId === tenantId)
    .map(({ id }) => id.toLowerCase())
    .filter((id) =>
      own.some(
        ({ scope }) => `${normalScope(scope)}/`.startsWith(`/subscriptions/${id}/`) || normalScope(scope) === '',
      ),
    );
  const wanted = readable.filter((id) => asked === undefined || asked.some((each) => sameId(each, id)));
  if (asked !== undefined && asked.length > 0 && wanted.length === 0)
    throw new AzureError(
      403,
      'AccessDenied',
      `The caller has no access to any of the subscriptions: ${asked.join(', ')}.`,
    );
  return new Set(wanted);
};
