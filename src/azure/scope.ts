/** What the product may look at and write to: a subscription, or one resource group of it. */
export type Scope = { readonly id: string; readonly subscriptionId: string; readonly resourceGroup?: string };

const GRAMMAR = /^\/subscriptions\/([^/]+)(?:\/resourceGroups\/([^/]+))?\/?$/i;

/** Throws where the text is neither a subscription nor a resource group. */
export const parseScope = (text: string): Scope => {
  const [, subscriptionId, resourceGroup] = GRAMMAR.exec(text) ?? [];
  if (!subscriptionId) {
    throw new Error(`'${text}' is no scope; give /subscriptions/{id} or /subscriptions/{id}/resourceGroups/{name}`);
  }
  const id = `/subscriptions/${subscriptionId}${resourceGroup ? `/resourceGroups/${resourceGroup}` : ''}`;
  return { id, subscriptionId, ...(resourceGroup ? { resourceGroup } : {}) };
};

/** Whether a resource lies in one of the scopes. Azure compares ids without case. */
export const inScope = (resourceId: string, scopes: readonly Scope[]): boolean =>
  scopes.some(({ id }) => `${resourceId}/`.toLowerCase().startsWith(`${id}/`.toLowerCase()));

/** The scopes without those that another one contains: nothing is listed twice. */
export const outermost = (scopes: readonly Scope[]): readonly Scope[] =>
  scopes.filter((scope, at) =>
    scopes.every(
      (other, otherAt) => at === otherAt || !inScope(scope.id, [other]) || (inScope(other.id, [scope]) && at < otherAt),
    ),
  );
