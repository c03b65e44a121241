/** The last name in an ARM id, which people use for the resource. */
export const nameOf = (id: string): string => id.split('/').findLast((part) => part !== '') ?? id;

export const resourceGroupOf = (id: string): string | undefined => /\/resourcegroups\/([^/]+)/i.exec(id)?.[1];

export type KeyName = { readonly vault: string; readonly key: string; readonly version?: string };

/** The names in the id of a key or of a key version; `undefined` for any other text. */
export const keyNameOf = (kid: string): KeyName | undefined => {
  const [, vault, key, version] = /^https:\/\/([^./]+)[^/]*\/keys\/([^/]+)(?:\/([^/]+))?$/.exec(kid) ?? [];
  if (vault === undefined || key === undefined) return undefined;
  return version === undefined ? { vault, key } : { vault, key, version };
};

/** The short name of a key, never its address. */
export const keyLabel = (kid: string): string => keyNameOf(kid)?.key ?? nameOf(kid);
