/** The operations that a consumer may need on its key. */
export type KeyPermission = 'get' | 'list' | 'wrapKey' | 'unwrapKey';
