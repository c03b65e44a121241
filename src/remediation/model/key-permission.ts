/** What a consumer may need of its key. */
export type KeyPermission = 'get' | 'list' | 'wrapKey' | 'unwrapKey';
