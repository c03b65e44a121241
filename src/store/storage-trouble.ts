import { storageErrorCode, storageStatus } from './storage-error.ts';

/** What keeps the product from its storage, and what a person does about it. */
type Trouble = { readonly what: string; readonly fix: string };

const ROLES = 'Storage Table Data Contributor and Storage Blob Data Contributor';

const NO_ROLE: Trouble = {
  what: 'The identity of the product may not use its storage account',
  fix: `give that identity the roles ${ROLES} on the account`,
};

const CLOSED: Trouble = {
  what: 'The storage account is closed to the network of the app',
  fix: 'let the subnet of the app in, or give it a private endpoint of the account',
};

const NO_SHARED_KEY: Trouble = {
  what: 'The storage account takes no shared key, and the app sends one',
  fix: `set GUARDIAN_STORAGE_ACCOUNT to the name of the account, take AzureWebJobsStorage away, and give the identity of the app the roles ${ROLES} there`,
};

const NOT_PROVEN: Trouble = {
  what: 'The storage account does not believe who asks',
  fix: 'where AzureWebJobsStorage holds a key, put the present key of the account there; else see that the account is of the tenant of the app',
};

const NO_TOKEN: Trouble = {
  what: 'The app gets no token for its storage account',
  fix: 'see that its managed identity is assigned to it, and that GUARDIAN_IDENTITY_CLIENT_ID names that identity',
};

const NO_ADDRESS: Trouble = {
  what: 'No storage account is found at the address of the one that is set',
  fix: 'compare GUARDIAN_STORAGE_ACCOUNT with `az storage account list --query "[].name"`; where the account has a private endpoint, link its DNS zones to the network of the app',
};

const NO_CONNECTION: Trouble = {
  what: 'Nothing accepts connections at the address of the storage account',
  fix: 'see that the network of the app leads there: routes, firewall, private endpoint',
};

const BUSY: Trouble = {
  what: 'The storage account takes no more requests for now',
  fix: 'wait: every next call tries again. Where it lasts longer than a quarter of an hour, look for an outage of the region under Service Health in the portal',
};

const UNKNOWN: Trouble = {
  what: 'The storage account cannot be read or written',
  fix: 'look at it from the side of Azure',
};

const BY_CODE: Readonly<Record<string, Trouble>> = {
  AuthorizationPermissionMismatch: NO_ROLE,
  InsufficientAccountPermissions: NO_ROLE,
  AuthorizationFailure: CLOSED,
  KeyBasedAuthenticationNotPermitted: NO_SHARED_KEY,
  AuthenticationFailed: NOT_PROVEN,
  InvalidAuthenticationInfo: NOT_PROVEN,
  NoAuthenticationInformation: NOT_PROVEN,
  ENOTFOUND: NO_ADDRESS,
  EAI_AGAIN: NO_ADDRESS,
  ECONNREFUSED: NO_CONNECTION,
  ECONNRESET: NO_CONNECTION,
  EHOSTUNREACH: NO_CONNECTION,
  ETIMEDOUT: NO_CONNECTION,
};

const TOKEN_ERRORS = ['CredentialUnavailableError', 'AuthenticationError', 'AuthenticationRequiredError'];

const troubleOf = (error: unknown): Trouble => {
  const { name } = (error ?? {}) as { readonly name?: unknown };
  if (TOKEN_ERRORS.includes(String(name))) return NO_TOKEN;
  const status = storageStatus(error);
  if (status === 429 || status === 500 || status === 503) return BUSY;
  return BY_CODE[storageErrorCode(error)] ?? UNKNOWN;
};

type Body = { readonly odataError?: { readonly message?: { readonly value?: unknown } }; readonly Message?: unknown };

const LONGEST = 300;

/** A connection string of an account, or of a shared access signature, is a secret by these. A page of a proxy may repeat either. */
const SECRETS = /\b(sig|AccountKey)=[^\s&;,"'<>]+/gi;

/** The first line of what the service answered, or of the error where no service did: the lines after it have ids and times alone. */
const ownWords = (error: unknown): string => {
  const { details, message } = (error ?? {}) as { readonly details?: Body; readonly message?: unknown };
  const said = details?.odataError?.message?.value ?? details?.Message ?? message ?? error;
  const code = storageErrorCode(error);
  const [line = ''] = String(said).split('\n');
  const words = line.replaceAll(SECRETS, '$1=…');
  return (code === '' || words.includes(code) ? words : `${words} (${code})`).slice(0, LONGEST);
};

/**
 * Sentences on what keeps the product from its storage: what is wrong, what to do, and at last the own words of whatever refused.
 * `doctor`: the command that looks at the storage account from outside. Codes: https://learn.microsoft.com/rest/api/storageservices/common-rest-api-error-codes
 */
export const storageTrouble = (error: unknown, doctor: string): string => {
  const { what, fix } = troubleOf(error);
  const who = storageStatus(error) === undefined ? 'The error' : 'Azure';
  return `${what}. Fix: ${fix}; ${doctor} tells more. ${who} says: ${ownWords(error)}`;
};
