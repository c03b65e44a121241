import { inScope, parseResourceId } from '../../remediation/model/resource-id.ts';

/** What the product may look at and write to: a subscription, or one resource group of it. */
export type Scope = { readonly id: string; readonly subscriptionId: string; readonly resourceGroup?: string };

/** Throws where the text is neither a subscription nor a resource group. */
export const parseScope = (text: string): Scope => {
  const { id, resourceGroup, subscriptionId, type } = parseResourceId(text) ?? {};
  if (!id || !subscriptionId || type !== undefined) {
    throw new Error(`'${text}' is no scope; give /subscriptions/{id} or /subscriptions/{id}/resourceGroups/{name}`);
  }
  return { id, subscriptionId, ...(resourceGroup ? { resourceGroup } : {}) };
};

/** Whether a resource lies in one of the scopes. */
export const isWithin = (resourceId: string, scopes: readonly Scope[]): boolean =>
  inScope(
    resourceId,
    scopes.map(({ id }) => id),
  );

/** The scopes without those that another one contains: nothing is listed twice. */
export const outermost = (scopes: readonly Scope[]): readonly Scope[] =>
  scopes.filter(
    (scope, at) =>
      !scopes.some((other, otherAt) => (scope.id === other.id ? otherAt < at : isWithin(scope.id, [other]))),
  );
