/** The parts of `/subscriptions/{s}/resourceGroups/{g}/providers/{namespace}/{type}/{name}`, in the casing given. */
export type ResourceId = {
  readonly id: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  /** Namespace and type, lower-cased: `microsoft.dbformysql/servers`. */
  readonly type: string;
  readonly name: string;
};

const GRAMMAR = /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/([^/]+\/[^/]+)\/([^/]+)$/i;

/** Throws where the text is no id of a top-level resource: it came from Azure or from a plan, never from a payload. */
export const parseResourceId = (id: string): ResourceId => {
  const [, subscriptionId, resourceGroup, type, name] = GRAMMAR.exec(id) ?? [];
  if (!subscriptionId || !resourceGroup || !type || !name)
    throw new Error(`'${id}' is not the id of an Azure resource`);
  return { id, subscriptionId, resourceGroup, type: type.toLowerCase(), name };
};

/** Azure compares ids without case. */
export const sameId = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
