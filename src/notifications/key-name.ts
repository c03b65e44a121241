/** `cmk in kv-orders`. An id that is not a key's is shown as it is. */
export const keyRefOf = (keyId: string): string => {
  const [, vault, name] = /^https:\/\/([^./]+)\.[^/]+\/keys\/([^/]+)/.exec(keyId) ?? [];
  return vault === undefined ? keyId : `${name} in ${vault}`;
};
