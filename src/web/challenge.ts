import type { TokenSettings } from '../loop/guardian.ts';

/** https://www.rfc-editor.org/rfc/rfc6750#section-3.1 */
export type ChallengeError = 'invalid_token' | 'insufficient_scope';

/** What a quoted text in a header may hold: nothing that ends it, and ASCII alone. */
const quoted = (text: string): string =>
  `"${text
    .replaceAll(/[’‘]/g, "'")
    .replaceAll(/[^\x20-\x7e]|["\\]/g, ' ')
    .slice(0, 500)}"`;

/**
 * The header WWW-Authenticate: that a bearer token is asked for, where one signs in (`authorization_uri`, as Azure Resource
 * Manager has it), and what is wrong with the one that was sent. Without an error where none was sent, as RFC 6750 asks.
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
