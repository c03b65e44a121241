/** `cmk in kv-orders`; what is no key is named as it is. */
export const keyRefOf = (keyId: string): string => {
  const [, vault, name] = /^https:\/\/([^./]+)\.[^/]+\/keys\/([^/]+)/.exec(keyId) ?? [];
  return vault === undefined ? keyId : `${name} in ${vault}`;
};
