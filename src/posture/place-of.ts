import { groupOf, nameOf, subscriptionOf } from '../remediation/model/arm-id.ts';

/** Where a resource is, by its ARM id; spelt as there. */
export const placeOf = (
  id: string,
): { readonly name: string; readonly resourceGroup: string; readonly subscriptionId: string } => ({
  name: nameOf(id),
  resourceGroup: groupOf(id),
  subscriptionId: subscriptionOf(id),
});
