/**
 * Shapes of secrets that somebody may have put into the wrong setting: the message about the setting must not write
 * them to a log.
 */
const SECRETS: readonly RegExp[] = [
  /\bAccountKey=|\bSharedAccess(?:Key|Signature)=|\bPassword=/i,
  // The path and the query of a webhook are its secret.
  /^https?:\/\/[^/?#]*(?:@|[/?#].)/i,
  /\beyJ[\w-]{8,}/,
  /-----BEGIN /,
  // Keys of storage accounts and of function apps, in base64 or base64url.
  /[A-Za-z0-9+/]{30,}={1,2}|[\w-]{40,}/,
];

export const looksSecret = (text: string): boolean => SECRETS.some((shape) => shape.test(text));
