import type { TokenSettings } from '../../loop/guardian.ts';

/** Where people sign in, as an origin; none where nobody does. */
const signInHost = (tokens: Pick<TokenSettings, 'authorizeUrl'> | undefined): readonly string[] =>
  tokens ? [new URL(tokens.authorizeUrl).origin] : [];

/** SHA-256 of nothing: Fluent puts an element without text into the page, and its rules into that one by one, as scripts may. */
const EMPTY = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

/**
 * What a browser lets the page do: run and style itself by its own files alone, and talk to nobody but the app and the host where
 * people sign in. Nothing inline runs, and no style that is written into the page counts.
 */
const policy = (tokens: Pick<TokenSettings, 'authorizeUrl'> | undefined): string => {
  const host = signInHost(tokens);
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' ${EMPTY}`,
    "img-src 'self'",
    ['connect-src', "'self'", ...host].join(' '),
    ['frame-src', ...(host.length > 0 ? host : ["'none'"])].join(' '),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
};

export const securityHeaders = (
  tokens: Pick<TokenSettings, 'authorizeUrl'> | undefined,
): Readonly<Record<string, string>> => ({
  'content-security-policy': policy(tokens),
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
});
