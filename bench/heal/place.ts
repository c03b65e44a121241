/** What the world `mysql-single` calls its things. */
export const RESOURCE_GROUP = 'data';
export const VAULT_NAME = 'kv-orders';
export const KEY_NAME = 'cmk';
export const SERVER_NAME = 'orders';
export const KEY_ID = `https://${VAULT_NAME}.vault.azure.net/keys/${KEY_NAME}`;
