import type { TokenSettings } from '../loop/guardian.ts';

/** Error codes of RFC 6750: https://www.rfc-editor.org/rfc/rfc6750#section-3.1 */
export type ChallengeError = 'invalid_token' | 'insufficient_scope';

/** A quoted text in a header: only ASCII, and no character that ends the quotation. */
const quoted = (text: string): string =>
  `"${text
    .replaceAll(/[’‘]/g, "'")
    .replaceAll(/[^\x20-\x7e]|["\\]/g, ' ')
    .slice(0, 500)}"`;

/**
 * The header WWW-Authenticate: it asks for a bearer token, says where to sign in (`authorization_uri`, as Azure Resource Manager
 * does), and what is wrong with the token that was sent. Without an error where no token was sent, as RFC 6750 demands.
 */
export const challenge = (
  settings: Pick<TokenSettings, 'authorizeUrl'>,
  fault?: { readonly error: ChallengeError; readonly description: string },
): string => {
  const parts = [
    `authorization_uri=${quoted(settings.authorizeUrl)}`,
    ...(fault ? [`error=${quoted(fault.error)}`, `error_description=${quoted(fault.description)}`] : []),
  ];
  return `Bearer ${parts.join(', ')}`;
};
