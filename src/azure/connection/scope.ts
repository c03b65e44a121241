import type { Reach, Unread } from '../../remediation/model/reach.ts';
import { parseResourceId } from '../../remediation/model/resource-id.ts';

/** A place that the product may read and write: a subscription, or one resource group of it. */
export type Scope = { readonly id: string; readonly subscriptionId: string; readonly resourceGroup?: string };

/** All scopes at one moment. A resource in an `excluded` scope is out of scope, even if it is in an included one. */
export type Scopes = {
  readonly included: readonly Scope[];
  readonly excluded: readonly Scope[];
  readonly unread: readonly Unread[];
};

/** Throws where the text is neither a subscription nor a resource group. */
export const parseScope = (text: string): Scope => {
  const { id, resourceGroup, subscriptionId, type } = parseResourceId(text) ?? {};
  if (!id || !subscriptionId || type !== undefined) {
    throw new Error(`'${text}' is no scope; give /subscriptions/{id} or /subscriptions/{id}/resourceGroups/{name}`);
  }
  return { id, subscriptionId, ...(resourceGroup ? { resourceGroup } : {}) };
};

export const parseScopes = ({ scopes, excluded, unread }: Reach): Scopes => ({
  included: scopes.map(parseScope),
  excluded: excluded.map(parseScope),
  unread,
});

/** Both ids are as `parseResourceId` gives them: each resource of an estate meets each of hundreds of subscriptions. */
const holds = ({ id: outer }: Scope, id: string): boolean =>
  id.startsWith(outer) && (id.length === outer.length || id[outer.length] === '/');

const liesInAny = (resourceId: string, scopes: readonly Scope[]): boolean => {
  const id = parseResourceId(resourceId)?.id;
  return id !== undefined && scopes.some((scope) => holds(scope, id));
};

/** Whether a resource lies in this scope, excluded or not. */
export const liesIn = (resourceId: string, scope: Scope): boolean => liesInAny(resourceId, [scope]);

/** Whether a resource lies in an excluded scope. */
export const isExcluded = (resourceId: string, { excluded }: Pick<Scopes, 'excluded'>): boolean =>
  liesInAny(resourceId, excluded);

/** Whether a resource lies in one of the included scopes, and in no excluded one. */
export const isWithin = (resourceId: string, scopes: Pick<Scopes, 'included' | 'excluded'>): boolean =>
  liesInAny(resourceId, scopes.included) && !isExcluded(resourceId, scopes);

const subscriptionAbove = ({ id, resourceGroup }: Scope): string | undefined =>
  resourceGroup === undefined ? undefined : id.split('/').slice(0, 3).join('/');

/** The included scopes without those inside another scope or an excluded one, so that nothing is listed twice. */
export const outermost = (scopes: Pick<Scopes, 'included' | 'excluded'>): readonly Scope[] => {
  const all = scopes.included.filter((scope) => !isExcluded(scope.id, scopes));
  const byId = new Map(all.toReversed().map((scope) => [scope.id, scope]));
  return all.filter((scope) => byId.get(scope.id) === scope && !byId.has(subscriptionAbove(scope) ?? ''));
};

/** Each subscription with a resource or group in scope, once; lower-cased. */
export const subscriptionsIn = (scopes: Pick<Scopes, 'included' | 'excluded'>): readonly string[] => [
  ...new Set(outermost(scopes).map(({ subscriptionId }) => subscriptionId.toLowerCase())),
];

/** The scope that an answer about all scopes names. */
export const firstScope = (scopes: Pick<Scopes, 'included' | 'excluded'>): string => outermost(scopes)[0]?.id ?? '';
