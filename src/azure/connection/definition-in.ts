import { formatResourceId, subscriptionOf } from '../../remediation/model/resource-id.ts';

/**
 * The id under which the definition of a role can be read, where its assignment was listed at this scope. Azure names the
 * definition of a role that was assigned above all subscriptions there, where the product may read nothing; any subscription has
 * it as well, and the one whose list was just read answers.
 */
export const definitionIn = (scope: string, roleDefinitionId: string): string => {
  const subscriptionId = subscriptionOf(scope);
  const isAbove = !roleDefinitionId.toLowerCase().startsWith('/subscriptions/');
  return isAbove && subscriptionId !== ''
    ? `${formatResourceId({ subscriptionId })}${roleDefinitionId}`
    : roleDefinitionId;
};
