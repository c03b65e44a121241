import { parseResourceId } from '../../signals/resource-id.ts';

/** What a call to one resource of a resource group needs. Lower-cased: Azure compares ids without case. */
export type ResourcePlace = {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  /** `microsoft.dbformysql/servers`. */
  readonly type: string;
  readonly name: string;
};

/** Throws where the text is no id of a resource in a resource group: ids come from Azure or from a plan. */
export const placeOf = (id: string): ResourcePlace => {
  const { subscriptionId, resourceGroup, type, names } = parseResourceId(id) ?? {};
  const name = names?.[0];
  if (!subscriptionId || !resourceGroup || !type || !name) throw new Error(`'${id}' is no id of an Azure resource`);
  return { subscriptionId, resourceGroup, type, name };
};
