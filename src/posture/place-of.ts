import { parseResourceId } from '../signals/resource-id.ts';

/** Name and group of a resource, lower-cased; empty where the text is no id of one. */
export const placeOf = (
  id: string,
): { readonly name: string; readonly resourceGroup: string; readonly subscriptionId: string } => {
  const { names = [], resourceGroup = '', subscriptionId = '' } = parseResourceId(id) ?? {};
  return { name: names.at(-1) ?? '', resourceGroup, subscriptionId };
};
